package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_pcm_sync_ptr}: the status and the control page of a program that has
 * not mapped them, copied by {@code SYNC_PTR}. Kernel: sound/asound.h, protocol 2.0.15.
 *
 * <p>A copy that no other thread sees: its accesses are plain. Each half is a union of 64 bytes.
 * With {@link DataModel#ILP32_TIME64} {@code avail_min} lies 4 bytes into the control half, not 8:
 * a slip in the padding of the header, which every program built with it shares.
 */
public final class SyncPtr {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_sync_ptr",
                    members ->
                            members.ints("flags")
                                    .pad(4, 0, 4)
                                    .union("s", MmapStatus.layout(members.model()), "status", 64)
                                    .union(
                                            "c",
                                            MmapControl.layout(members.model()),
                                            "control",
                                            64));

    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField STATE = LAYOUTS.intField("s.status.state");
    private static final WordField HW_PTR = LAYOUTS.wordField("s.status.hw_ptr");
    private static final TimespecField TSTAMP = LAYOUTS.timespecField("s.status.tstamp");
    private static final IntField SUSPENDED_STATE = LAYOUTS.intField("s.status.suspended_state");
    private static final TimespecField AUDIO_TSTAMP =
            LAYOUTS.timespecField("s.status.audio_tstamp");
    private static final WordField APPL_PTR = LAYOUTS.wordField("c.control.appl_ptr");
    private static final WordField AVAIL_MIN = LAYOUTS.wordField("c.control.avail_min");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public SyncPtr(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model).byteSize());
        this.model = model;
    }

    /** The layout in a program of that model. */
    public static StructLayout layout(DataModel model) {
        return LAYOUTS.of(model);
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Bits of {@link SyncPtrFlag}. */
    public int flags() {
        return FLAGS.get(segment, model);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, model, value);
    }

    /** A {@link PcmState}. */
    public int state() {
        return STATE.get(segment, model);
    }

    /** Stores {@code state}. */
    public void state(int value) {
        STATE.set(segment, model, value);
    }

    /** Where the device is, in frames. */
    public long hwPtr() {
        return HW_PTR.get(segment, model);
    }

    /** Stores {@code hw_ptr}. */
    public void hwPtr(long value) {
        HW_PTR.set(segment, model, value);
    }

    /** When the pointer was last updated, in nanoseconds. */
    public long tstampNanos() {
        return TSTAMP.nanos(segment, model);
    }

    /** Stores {@code tstamp}, in nanoseconds. */
    public void tstampNanos(long nanos) {
        TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code tstamp}. */
    public void tstamp(long seconds, long nanosOfSecond) {
        TSTAMP.set(segment, model, seconds, nanosOfSecond);
    }

    /** The {@link PcmState} before a suspend. */
    public int suspendedState() {
        return SUSPENDED_STATE.get(segment, model);
    }

    /** Stores {@code suspended_state}. */
    public void suspendedState(int value) {
        SUSPENDED_STATE.set(segment, model, value);
    }

    /** The time by the sample counter, in nanoseconds. */
    public long audioTstampNanos() {
        return AUDIO_TSTAMP.nanos(segment, model);
    }

    /** Stores {@code audio_tstamp}, in nanoseconds. */
    public void audioTstampNanos(long nanos) {
        AUDIO_TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code audio_tstamp}. */
    public void audioTstamp(long seconds, long nanosOfSecond) {
        AUDIO_TSTAMP.set(segment, model, seconds, nanosOfSecond);
    }

    /** Where the program is, in frames. */
    public long applPtr() {
        return APPL_PTR.get(segment, model);
    }

    /** Stores {@code appl_ptr}. */
    public void applPtr(long value) {
        APPL_PTR.set(segment, model, value);
    }

    /** Frames that must be available before the program is woken. */
    public long availMin() {
        return AVAIL_MIN.get(segment, model);
    }

    /** Stores {@code avail_min}. */
    public void availMin(long value) {
        AVAIL_MIN.set(segment, model, value);
    }
}
