package io.pcmshare.share.fence;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Pipe;
import io.pcmshare.sys.Poll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A fence as a descriptor that any process can poll: the read end of a pipe. Signalled: {@code
 * POLLIN}, because there is one byte. Failed: {@code POLLHUP} and no {@code POLLIN}, because the
 * other end was closed without one; the kernel does the same for a process that dies. So nobody
 * signals by dying, and who reads the byte away makes it look failed, never signalled.
 *
 * <p>Owns both ends. Signalling makes two system calls, {@code write} and {@code close}, in the
 * thread that signals the fence. Threads: any.
 */
public final class FenceDescriptor implements AutoCloseable {
    private static final MemorySegment BYTE = Arena.ofAuto().allocate(1);

    private final Fd readEnd;
    private final Fd writeEnd;
    private final Fence fence;
    private final FenceWatch watch;

    private FenceDescriptor(Fence fence, Fd readEnd, Fd writeEnd) {
        this.fence = fence;
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
        this.watch = fence.whenDone(this::tell);
    }

    /** A descriptor of a fence; what it stands for goes on without it. */
    public static FenceDescriptor of(Fence fence) throws ErrnoException {
        try (Pipe pipe = Pipe.create(Fd.O_NONBLOCK)) {
            Fd read = pipe.readEnd().dup();
            try {
                return new FenceDescriptor(fence, read, pipe.writeEnd().dup());
            } catch (ErrnoException e) {
                read.close();
                throw e;
            }
        }
    }

    private void tell() {
        if (fence.status() == Fence.SIGNALLED) {
            var _ = writeEnd.write(BYTE, 0, 1); // nothing else is in the pipe, so there is room
        }
        writeEnd.close();
    }

    /** The end that can be polled and sent; still this object's. */
    public Fd borrowFd() {
        return readEnd;
    }

    /**
     * What such a descriptor says, in whatever process.
     *
     * @param timeoutMillis waits at most so long; 0 only looks, negative for no limit
     * @return {@link Fence#PENDING}, {@link Fence#SIGNALLED}, or a negated errno: {@code
     *     EOWNERDEAD} for one that failed
     */
    public static int status(Fd descriptor, int timeoutMillis) {
        int events = Poll.once(descriptor, Poll.POLLIN, timeoutMillis);
        if (events <= 0) {
            return events;
        }
        return (events & Poll.POLLIN) != 0 ? Fence.SIGNALLED : Errno.EOWNERDEAD.negated();
    }

    /** Gives up both ends: who still has the descriptor sees it failed, if it is pending. */
    @Override
    public void close() {
        watch.close();
        writeEnd.close();
        readEnd.close();
    }
}
