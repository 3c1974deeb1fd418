package io.pcmshare.run.file;

import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.KernelLocks;

import java.io.IOException;

/** An open file whose descriptor is the end of a pipe. Owns our side of it. */
public abstract sealed class PipeFile extends SoundFile
        permits PcmSound, EventFile, HwdepSound, FenceSound {
    private final ReadyPipe pipe;
    private boolean broken;

    PipeFile(Opened opened, ReadyPipe pipe) {
        super(opened);
        this.pipe = pipe;
    }

    @Override
    public final FileId id() {
        return pipe.id();
    }

    /** The program's end once more: the caller's. */
    public final Fd reopen(int statusFlags) throws IOException {
        return pipe.reopenForProgram(statusFlags);
    }

    /** Shows this; answers whether that wakes somebody. */
    final boolean show(ReadyPipe.Show wanted) {
        boolean wakes = wanted != pipe.shown() && wanted != ReadyPipe.Show.WAIT;
        try {
            pipe.show(wanted);
            return wakes;
        } catch (IOException gone) {
            broken = true; // an end cannot be opened any more: so there is none
            return false;
        }
    }

    final boolean isShown(ReadyPipe.Show show) {
        return pipe.shown() == show;
    }

    /** What poll(2) is to say now. */
    abstract ReadyPipe.Show readiness();

    @Override
    public boolean refresh() {
        return show(readiness());
    }

    @Override
    boolean isKnownGone() {
        return broken || pipe.isHungUp();
    }

    @Override
    boolean isGone(KernelLocks locks) {
        return broken || (!locks.isHeld(pipe.id(), ReadyPipe.MARK) && !isMarked());
    }

    /** The list of locks can miss one. */
    private boolean isMarked() {
        try {
            return pipe.isMarked();
        } catch (IOException unknown) {
            return true; // asked again next time
        }
    }

    @Override
    boolean isWatched() {
        return pipe.isWatched();
    }

    @Override
    final void release() {
        pipe.close();
        releaseFile();
    }

    abstract void releaseFile();
}
