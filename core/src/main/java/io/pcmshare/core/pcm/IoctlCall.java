package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One ioctl: who asks what of which file. One per {@link CallScratch}, used again and again; valid
 * until the entry returns. Threads: one.
 */
final class IoctlCall {
    private static final long INT_BYTES = Integer.BYTES;
    private static final int EFAULT = Errno.EFAULT.negated();

    private final CallScratch scratch;
    private @Nullable PcmFile file;
    private @Nullable PcmCaller caller;
    private PcmIoctl ioctl = PcmIoctl.PVERSION;
    private DataModel model = DataModel.LP64;
    private long argument;
    private long number;

    IoctlCall(CallScratch scratch) {
        this.scratch = scratch;
    }

    /** The next call. */
    IoctlCall is(
            PcmFile newFile,
            PcmIoctl newIoctl,
            long newArgument,
            PcmCaller newCaller,
            DataModel newModel) {
        file = newFile;
        ioctl = newIoctl;
        argument = newArgument;
        caller = newCaller;
        model = newModel;
        return this;
    }

    PcmFile file() {
        return set(file);
    }

    PcmCaller caller() {
        return set(caller);
    }

    PcmIoctl ioctl() {
        return ioctl;
    }

    DataModel model() {
        return model;
    }

    long argument() {
        return argument;
    }

    CallScratch scratch() {
        return scratch;
    }

    CallScratch.Views views() {
        return scratch.views(model);
    }

    private static <T> T set(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no call");
        }
        return value;
    }

    private MemorySegment memory() {
        return scratch.argument;
    }

    int read(long bytes) {
        return caller().read(argument, memory(), 0, bytes);
    }

    int write(long bytes) {
        return caller().write(argument, memory(), 0, bytes);
    }

    /** What {@link #readInt} or {@link #readWord} has read. */
    long number() {
        return number;
    }

    /** Reads an int of the program; 0 or a negated {@code EFAULT}. */
    int readInt() {
        if (read(INT_BYTES) < 0) {
            return EFAULT;
        }
        number = memory().get(ValueLayout.JAVA_INT, 0);
        return 0;
    }

    /** Reads an unsigned long of the program; 0 or a negated {@code EFAULT}. */
    int readWord() {
        if (read(model.longBytes()) < 0) {
            return EFAULT;
        }
        number = word(memory(), 0);
        return 0;
    }

    /** An unsigned long of the program in a copy of its memory. */
    long word(MemorySegment copy, long offset) {
        return model == DataModel.LP64
                ? copy.get(ValueLayout.JAVA_LONG_UNALIGNED, offset)
                : copy.get(ValueLayout.JAVA_INT_UNALIGNED, offset) & 0xFFFF_FFFFL;
    }

    long putInt(int value) {
        memory().set(ValueLayout.JAVA_INT, 0, value);
        return write(INT_BYTES);
    }

    /** Writes a long of the program at the argument's beginning. */
    long putWord(long value) {
        return scratch.putWord(caller(), argument, model, value);
    }
}
