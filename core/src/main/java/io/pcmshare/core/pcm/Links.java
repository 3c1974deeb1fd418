package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * Binds streams to each other and lets them go. Kernel: sound/core/pcm_native.c, snd_pcm_link().
 */
final class Links {
    private Links() {}

    static int link(Substream s, Substream other) {
        PcmRuntime r = s.runtime();
        PcmRuntime otherRuntime = other.runtime();
        if (s == other) {
            return Errno.EINVAL.negated();
        }
        if (r.state() == PcmState.OPEN
                || r.state() != otherRuntime.state()
                || s.card() != other.card()) {
            return Errno.EBADFD.negated();
        }
        if (other.group().isLinked()) {
            return Errno.EALREADY.negated();
        }
        s.group().members().add(other);
        other.group(s.group());
        return 0;
    }

    static int unlink(Substream s) {
        if (!s.group().isLinked()) {
            return Errno.EALREADY.negated();
        }
        leave(s);
        return 0;
    }

    /** Out of its group, into one of its own. */
    static void leave(Substream s) {
        s.group().members().remove(s);
        LinkGroup alone = new LinkGroup();
        alone.members().add(s);
        s.group(alone);
    }
}
