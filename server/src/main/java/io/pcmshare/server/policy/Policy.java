package io.pcmshare.server.policy;

import java.util.function.Consumer;

/** Decides who may do what. Threads: the control thread asks; answers come from any. */
public interface Policy {
    /**
     * Decides. Somebody may have to be asked: so the answer may come later, and from another
     * thread; it always comes, and once.
     */
    void decide(StreamRequest request, Consumer<Verdict> answer);

    /**
     * Decides again about what is in use, after rules have changed, as far as that can be done
     * without asking anybody: what somebody was asked about stays allowed.
     */
    boolean stillAllows(StreamRequest request);
}
