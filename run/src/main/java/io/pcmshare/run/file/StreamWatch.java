package io.pcmshare.run.file;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;

/** Told what becomes of streams. Threads: that of the supervisor. */
public interface StreamWatch {
    /**
     * A program has opened a substream that nobody had open.
     *
     * @param file the first open file of it
     */
    void openedBy(PcmFile file, String program, int pid);

    /**
     * A program called again after its stream had been ready for it.
     *
     * @param afterNanos how long that took
     */
    void cameBack(Substream stream, long afterNanos);

    /**
     * The last open file of a substream is about to close.
     *
     * @param xruns how often it stopped for want of its program
     */
    void closing(Substream stream, int xruns);

    /** Tells nobody. */
    StreamWatch NONE =
            new StreamWatch() {
                @Override
                public void openedBy(PcmFile file, String program, int pid) {}

                @Override
                public void cameBack(Substream stream, long afterNanos) {}

                @Override
                public void closing(Substream stream, int xruns) {}
            };
}
