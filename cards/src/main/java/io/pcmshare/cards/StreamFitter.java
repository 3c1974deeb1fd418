package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.Substream;

/** Adds a substream to a device, with all that belongs to it. */
@FunctionalInterface
interface StreamFitter {
    /** The substream and nothing else. */
    StreamFitter PLAIN = PcmDevice::addSubstream;

    /** Adds one that {@code ops} drive. */
    Substream add(PcmDevice device, PcmStream stream, PcmOps ops);
}
