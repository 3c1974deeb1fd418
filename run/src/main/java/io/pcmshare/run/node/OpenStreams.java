package io.pcmshare.run.node;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.Permissions;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Who has which substream open. */
public interface OpenStreams {
    /** The open files of a substream, the first one first; none where nobody has it open. */
    List<Holder> holders(Substream substream);

    /** The first open file of a substream; {@code null} where nobody has it open. */
    default @Nullable Holder holder(Substream substream) {
        List<Holder> all = holders(substream);
        return all.isEmpty() ? null : all.getFirst();
    }

    /**
     * An open file.
     *
     * @param file the core's, to look at
     * @param pid of the process that opened it
     * @param program that process's name
     * @param link what {@code readlink} of its descriptors says
     * @param permissions what it may do
     */
    record Holder(PcmFile file, int pid, String program, String link, Permissions permissions) {}
}
