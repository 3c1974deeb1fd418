package io.pcmshare.run.file;

import io.pcmshare.core.timer.TimerFile;

/** The open timer device. Owns the file of the core. */
public final class TimerSound extends EventFile {
    private final TimerFile file;

    /** Wraps a file, and owns it from now on. */
    public TimerSound(Opened opened, ReadyPipe pipe, DirtyFiles dirty, TimerFile file) {
        super(opened, pipe, dirty);
        this.file = file;
        file.onWake(this::woken);
    }

    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        boolean compat = caller.is32Bit();
        return answer(
                caller,
                compat ? Integer.toUnsignedLong((int) argument) : argument,
                request >>> SIZE_SHIFT & SIZE_MASK,
                memory -> file.ioctl(request, argument, memory, compat));
    }

    @Override
    long readNow(FileCaller caller, long address, long bytes) {
        return answer(caller, address, 0, memory -> file.read(memory, address, bytes));
    }

    @Override
    int pollEvents() {
        return file.pollEvents();
    }

    @Override
    void releaseFile() {
        file.close();
    }
}
