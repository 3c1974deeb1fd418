package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * View of {@code struct sync_file_info}: what a fence is. Kernel: linux/sync_file.h, Linux 6.1; 56
 * bytes in every model.
 */
public final class SyncFileInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "sync_file_info",
                    members ->
                            members.bytes("name", 32)
                                    .ints("status")
                                    .ints("flags")
                                    .ints("num_fences")
                                    .ints("pad")
                                    .array("sync_fence_info", 1, ValueLayout.JAVA_LONG));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final TextField NAME = TextField.of(LAYOUT, "name");
    private static final IntField STATUS = LAYOUTS.intField("status");
    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField NUM_FENCES = LAYOUTS.intField("num_fences");
    private static final IntField PAD = LAYOUTS.intField("pad");
    private static final WordField SYNC_FENCE_INFO = LAYOUTS.wordField("sync_fence_info");

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public SyncFileInfo(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Text for people. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** 1 signalled, 0 not yet, a negated errno when it failed. */
    public int status() {
        return STATUS.get(segment, ANY);
    }

    /** Stores {@code status}. */
    public void status(int value) {
        STATUS.set(segment, ANY, value);
    }

    /** None is known: 0. */
    public int flags() {
        return FLAGS.get(segment, ANY);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, ANY, value);
    }

    /** In: for how many there is room; out: of how many it was merged. */
    public int numFences() {
        return NUM_FENCES.get(segment, ANY);
    }

    /** Stores {@code num_fences}. */
    public void numFences(int value) {
        NUM_FENCES.set(segment, ANY, value);
    }

    /** 0. */
    public int pad() {
        return PAD.get(segment, ANY);
    }

    /** Stores {@code pad}. */
    public void pad(int value) {
        PAD.set(segment, ANY, value);
    }

    /** Address of an array of {@link SyncFenceInfo} in the program. */
    public long syncFenceInfo() {
        return SYNC_FENCE_INFO.get(segment, ANY);
    }

    /** Stores {@code sync_fence_info}. */
    public void syncFenceInfo(long value) {
        SYNC_FENCE_INFO.set(segment, ANY, value);
    }
}
