package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * View of what {@link PcmIoctl#FRAME_FENCE} takes, {@code struct { __u64 frame; __s32 fd; __u32
 * flags; }}: 16 bytes in every model. An extension of PcmShare, in no header of the kernel.
 */
public final class PcmFrameFence {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "pcm_frame_fence",
                    members ->
                            members.array("frame", 1, ValueLayout.JAVA_LONG).ints("fd", "flags"));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final WordField FRAME = LAYOUTS.wordField("frame");
    private static final IntField FD = LAYOUTS.intField("fd");
    private static final IntField FLAGS = LAYOUTS.intField("flags");

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public PcmFrameFence(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** A pointer as {@code appl_ptr} is: all frames below it. */
    public long frame() {
        return FRAME.get(segment, ANY);
    }

    /** Stores {@code frame}. */
    public void frame(long value) {
        FRAME.set(segment, ANY, value);
    }

    /** Out: descriptor of the fence. */
    public int fd() {
        return FD.get(segment, ANY);
    }

    /** Stores {@code fd}. */
    public void fd(int value) {
        FD.set(segment, ANY, value);
    }

    /** None is known: 0. */
    public int flags() {
        return FLAGS.get(segment, ANY);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, ANY, value);
    }
}
