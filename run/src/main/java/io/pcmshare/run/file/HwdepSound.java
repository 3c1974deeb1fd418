package io.pcmshare.run.file;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwdepInfo;
import io.pcmshare.abi.HwdepIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.run.file.ReadyPipe.Show;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;

/**
 * The open hwdep device of a card, by which vendors of telephones hand out the ring of a stream
 * that is open. Kernel: sound/core/hwdep.c; the vendors' numbers are in {@link HwdepIoctl}.
 */
public final class HwdepSound extends PipeFile {
    private static final int PROTOCOL_1_0_1 = 0x010001;
    private static final int MMAP_FD_BYTES = 16;
    private static final int DIR = 0;
    private static final int FD = 1;
    private static final int SIZE = 2;
    private static final int ACTUAL_SIZE = 3;
    private static final long PAGE = 4096;

    private final int card;
    private final Function<PcmStream, @Nullable PcmSound> streams;

    /**
     * Of a card.
     *
     * @param streams an open stream of a direction that has a ring; {@code null} for none
     */
    public HwdepSound(
            Opened opened,
            ReadyPipe pipe,
            int card,
            Function<PcmStream, @Nullable PcmSound> streams) {
        super(opened, pipe);
        this.card = card;
        this.streams = streams;
    }

    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        HwdepIoctl asked =
                HwdepIoctl.of(request, caller.is32Bit() ? DataModel.ILP32 : DataModel.LP64);
        return switch (asked) {
            case PVERSION -> {
                MemorySegment word = caller.word();
                word.set(ValueLayout.JAVA_INT, 0, PROTOCOL_1_0_1);
                yield caller.write(argument, word, 0, Integer.BYTES);
            }
            case INFO -> info(caller, argument);
            case MMAP_DATA_FD, MMAP_DATA_FD_REALTEK -> ring(caller, argument);
            case null -> Errno.ENOTTY.negated();
        };
    }

    private long info(FileCaller caller, long argument) {
        DataModel model = caller.is32Bit() ? DataModel.ILP32 : DataModel.LP64;
        try (Arena arena = Arena.ofConfined()) {
            long bytes = HwdepInfo.layout(model).byteSize();
            MemorySegment copy = arena.allocate(bytes, Long.BYTES);
            HwdepInfo info = new HwdepInfo(copy, model);
            info.card(card);
            info.id("PcmShare");
            info.name("rings of open streams");
            return caller.write(argument, copy, 0, bytes);
        }
    }

    private long ring(FileCaller caller, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(MMAP_FD_BYTES, Integer.BYTES);
            boolean there =
                    caller.read(argument, copy, 0, MMAP_FD_BYTES) >= 0
                            && caller.write(argument, copy, 0, MMAP_FD_BYTES) >= 0;
            if (!there) {
                return Errno.EFAULT.negated();
            }
            PcmStream direction = PcmStream.of(copy.getAtIndex(ValueLayout.JAVA_INT, DIR));
            if (direction == null) {
                return Errno.EINVAL.negated();
            }
            PcmSound sound = streams.apply(direction);
            if (sound == null) {
                return Errno.ENODEV.negated();
            }
            long number = ShareFiles.export(sound, caller);
            if (number < 0) {
                return number;
            }
            StreamParams params = sound.file().params();
            long bytes = params.bufferBytes();
            copy.setAtIndex(ValueLayout.JAVA_INT, FD, (int) number);
            copy.setAtIndex(ValueLayout.JAVA_INT, SIZE, (int) bytes);
            long pages = Math.ceilDiv(bytes, PAGE) * PAGE;
            copy.setAtIndex(ValueLayout.JAVA_INT, ACTUAL_SIZE, (int) pages);
            return caller.write(argument, copy, 0, MMAP_FD_BYTES);
        }
    }

    @Override
    public long read(FileCaller caller, long address, long bytes) {
        return Errno.ENXIO.negated();
    }

    @Override
    public long write(FileCaller caller, long address, long bytes) {
        return Errno.ENXIO.negated();
    }

    @Override
    public long vector(FileCaller caller) {
        return Errno.ENXIO.negated();
    }

    @Override
    public MapAnswer mmap(MapRequest request) {
        return new MapAnswer.Refused(Errno.ENXIO.negated());
    }

    @Override
    Show readiness() {
        return Show.WAIT;
    }

    @Override
    void releaseFile() {}
}
