package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.run.file.SoundFile.MapAnswer;
import io.pcmshare.sys.Fd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Calls on a descriptor: ioctl(2), mmap(2), fcntl(2), read(2), write(2). */
final class DescriptorCalls {
    private static final int F_SETFL_FLAGS =
            Fd.O_APPEND | Fd.O_NONBLOCK | 0x6000; // O_ASYNC, O_DIRECT
    private static final int IOV_MAX = 1024;

    private final StandIns standIns;

    DescriptorCalls(StandIns standIns) {
        this.standIns = standIns;
    }

    /** The answer, or that the kernel makes the call. */
    long answer(ProgramCall call, TrappedCall which, FileTable.Found found) {
        SoundFile file = found.file();
        if (which == TrappedCall.MMAP) {
            return mmap(call, file);
        }
        if (found.standIn()) {
            // this process has memory where it had the descriptor: a child, or another thread's
            standIns.restore(call, file);
        }
        return switch (which) {
            case IOCTL -> file.ioctl(call, call.intArgument(1), pointer(call, 2));
            case FCNTL -> flags(call, file);
            case READ -> file.read(call, pointer(call, 1), size(call, 2));
            case WRITE -> file.write(call, pointer(call, 1), size(call, 2));
            case READV -> vector(call, file, false);
            default -> vector(call, file, true);
        };
    }

    private static long pointer(ProgramCall call, int index) {
        return call.argument(index);
    }

    private static long size(ProgramCall call, int index) {
        return call.argument(index);
    }

    /** One part is as good as a plain call; more are a part for each channel. */
    private long vector(ProgramCall call, SoundFile file, boolean writes) {
        int count = call.intArgument(2);
        if (count == 0) {
            return 0;
        }
        if (count < 0 || count > IOV_MAX) {
            return Errno.EINVAL.negated();
        }
        if (count > 1) {
            return file.vector(call);
        }
        int word = call.is32Bit() ? Integer.BYTES : Long.BYTES;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment part = arena.allocate(2L * word, Long.BYTES);
            if (call.read(call.argument(1), part, 0, part.byteSize()) < 0) {
                return Errno.EFAULT.negated();
            }
            long base = word(part, 0, call.is32Bit());
            long bytes = word(part, 1, call.is32Bit());
            return writes ? file.write(call, base, bytes) : file.read(call, base, bytes);
        }
    }

    private static long word(MemorySegment part, int index, boolean is32Bit) {
        return is32Bit
                ? Integer.toUnsignedLong(part.getAtIndex(ValueLayout.JAVA_INT, index))
                : part.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    /** The end of a pipe is open one way and knows no {@code O_LARGEFILE}. */
    private static long flags(ProgramCall call, SoundFile file) {
        int now = call.descriptorFlags();
        if (now < 0) {
            return ProgramCall.CONTINUE;
        }
        int opened = file.opened().openFlags() & ~(F_SETFL_FLAGS | Fd.O_CLOEXEC | Fd.O_EXCL);
        return opened | (now & F_SETFL_FLAGS);
    }

    private long mmap(ProgramCall call, SoundFile file) {
        SoundFile.MapRequest request =
                new SoundFile.MapRequest(call.mapOffset(), call.argument(1), call.intArgument(2));
        return switch (file.mmap(request)) {
            case MapAnswer.Refused refused -> refused.errno();
            case MapAnswer.Itself itself -> ProgramCall.CONTINUE;
            case MapAnswer.Granted granted -> {
                try (Fd memory = granted.memory()) {
                    yield standIns.put(call, file, memory);
                }
            }
        };
    }
}
