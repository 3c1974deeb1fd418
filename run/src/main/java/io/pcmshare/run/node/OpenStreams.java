package io.pcmshare.run.node;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

/** Who has which substream open. */
@FunctionalInterface
public interface OpenStreams {
    /** The first open file of a substream; {@code null} where nobody has it open. */
    @Nullable Holder holder(Substream substream);

    /**
     * An open file.
     *
     * @param file the core's, to look at
     * @param pid of the process that opened it
     */
    record Holder(PcmFile file, int pid) {}
}
