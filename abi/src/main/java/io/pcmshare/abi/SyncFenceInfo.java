package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * View of {@code struct sync_fence_info}: one of those that a fence was merged of. Kernel:
 * linux/sync_file.h, Linux 6.1; 80 bytes in every model.
 */
public final class SyncFenceInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "sync_fence_info",
                    members ->
                            members.bytes("obj_name", 32)
                                    .bytes("driver_name", 32)
                                    .ints("status")
                                    .ints("flags")
                                    .array("timestamp_ns", 1, ValueLayout.JAVA_LONG));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final TextField OBJ_NAME = TextField.of(LAYOUT, "obj_name");
    private static final TextField DRIVER_NAME = TextField.of(LAYOUT, "driver_name");
    private static final IntField STATUS = LAYOUTS.intField("status");
    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final WordField TIMESTAMP_NS = LAYOUTS.wordField("timestamp_ns");

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public SyncFenceInfo(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** The time-line that it is of. */
    public String objName() {
        return OBJ_NAME.get(segment);
    }

    /** Stores {@code obj_name}. */
    public void objName(String text) {
        OBJ_NAME.set(segment, text);
    }

    /** Who made it. */
    public String driverName() {
        return DRIVER_NAME.get(segment);
    }

    /** Stores {@code driver_name}. */
    public void driverName(String text) {
        DRIVER_NAME.set(segment, text);
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

    /** When it was signalled or failed, monotonic; 0 before. */
    public long timestampNanos() {
        return TIMESTAMP_NS.get(segment, ANY);
    }

    /** Stores {@code timestamp_ns}. */
    public void timestampNanos(long value) {
        TIMESTAMP_NS.set(segment, ANY, value);
    }
}
