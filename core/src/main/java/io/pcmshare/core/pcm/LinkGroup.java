package io.pcmshare.core.pcm;

import java.util.ArrayList;
import java.util.List;

/**
 * Substreams that start and stop together. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_group}.
 */
final class LinkGroup {
    private final List<Substream> members = new ArrayList<>();

    /** The members, in the order in which they joined. */
    List<Substream> members() {
        return members;
    }

    boolean isLinked() {
        return members.size() > 1;
    }
}
