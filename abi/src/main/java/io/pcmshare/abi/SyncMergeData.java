package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct sync_merge_data}: two fences to make one of. Kernel: linux/sync_file.h,
 * Linux 6.1; 48 bytes in every model.
 */
public final class SyncMergeData {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "sync_merge_data",
                    members ->
                            members.bytes("name", 32)
                                    .ints("fd2")
                                    .ints("fence")
                                    .ints("flags")
                                    .ints("pad"));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final TextField NAME = TextField.of(LAYOUT, "name");
    private static final IntField FD2 = LAYOUTS.intField("fd2");
    private static final IntField FENCE = LAYOUTS.intField("fence");
    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField PAD = LAYOUTS.intField("pad");

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public SyncMergeData(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Text for people, at most 31 bytes. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** Descriptor of the other fence. */
    public int fd2() {
        return FD2.get(segment, ANY);
    }

    /** Stores {@code fd2}. */
    public void fd2(int value) {
        FD2.set(segment, ANY, value);
    }

    /** Out: descriptor of the new one. */
    public int fence() {
        return FENCE.get(segment, ANY);
    }

    /** Stores {@code fence}. */
    public void fence(int value) {
        FENCE.set(segment, ANY, value);
    }

    /** None is known: 0. */
    public int flags() {
        return FLAGS.get(segment, ANY);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, ANY, value);
    }

    /** 0. */
    public int pad() {
        return PAD.get(segment, ANY);
    }

    /** Stores {@code pad}. */
    public void pad(int value) {
        PAD.set(segment, ANY, value);
    }
}
