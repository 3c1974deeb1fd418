package io.pcmshare.run;

import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.share.Right;

import java.util.function.IntConsumer;

/** Decides each time that a program opens a stream whether it may. */
@FunctionalInterface
public interface OpenGate {
    /** Everybody may. */
    OpenGate OPEN = (pid, device, question, answer) -> answer.accept(0);

    /**
     * Decides; the program waits meanwhile, and nobody else. Who refuses tells the audit log why.
     *
     * @param pid the process that opens it
     * @param question what people are asked about it: {@link Right#PLAY} and its like
     * @param answer takes 0 or a negated errno, once, now or later and from any thread
     */
    void decide(int pid, PcmDevice device, Right question, IntConsumer answer);
}
