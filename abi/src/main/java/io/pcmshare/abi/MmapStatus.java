package io.pcmshare.abi;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * View of {@code struct snd_pcm_mmap_status}, the page a program reads to learn where the device
 * is. Kernel: sound/asound.h, protocol 2.0.15; 56 bytes (i386 with a 32-bit {@code time_t}: 32).
 *
 * <p>Single writer: the core. Everyone else reads, and never writes. Nothing is read together with
 * anything else: whoever wants a pointer and its timestamp reads the pointer, the timestamp, and
 * the pointer again.
 *
 * <p>Threads: the writer's methods by one thread at a time, the readers' by any.
 */
public final class MmapStatus {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_mmap_status",
                    members ->
                            members.ints("state")
                                    .pad(4, 4, 4)
                                    .words("hw_ptr")
                                    .pad(0, 0, 4)
                                    .timespecs("tstamp")
                                    .ints("suspended_state")
                                    .pad(4, 0, 4)
                                    .timespecs("audio_tstamp"));

    /** The layout of {@link DataModel#LP64}, which is that of the page itself. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    // state and hw_ptr lie in the same place in all three layouts, so one handle per width will do:
    // that of the shortest layout, because a handle wants memory for the whole of its layout.
    private static final VarHandle STATE = handle(LAYOUTS.ilp32(), "state");
    private static final VarHandle HW_PTR = handle(LAYOUT, "hw_ptr");
    private static final VarHandle HW_PTR_32 = handle(LAYOUTS.ilp32(), "hw_ptr");
    private static final IntField SUSPENDED_STATE = LAYOUTS.intField("suspended_state");
    private static final TimespecField TSTAMP = LAYOUTS.timespecField("tstamp");
    private static final TimespecField AUDIO_TSTAMP = LAYOUTS.timespecField("audio_tstamp");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the page of a 64-bit program; {@code segment} is aligned to 8 bytes. */
    public MmapStatus(MemorySegment segment) {
        this(segment, DataModel.LP64);
    }

    /** A view of the first bytes of {@code segment}, aligned as {@link #layout} is. */
    public MmapStatus(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model));
        this.model = model;
    }

    /** The layout in a program of that model. */
    public static StructLayout layout(DataModel model) {
        return LAYOUTS.of(model);
    }

    /**
     * A {@link PcmState}. Acquire; pairs with the release in {@link #state(int)}: who sees XRUN
     * sees the pointer it happened at.
     */
    public int state() {
        return (int) STATE.getAcquire(segment, 0L);
    }

    /**
     * Publishes the state. Release: the pointer and the timestamp stored before are visible first.
     */
    public void state(int state) {
        STATE.setRelease(segment, 0L, state);
    }

    /**
     * Where the device is, in frames, {@code [0, boundary)}. Acquire; pairs with the release in
     * {@link #hwPtr(long)}.
     */
    public long hwPtr() {
        return model == DataModel.LP64
                ? (long) HW_PTR.getAcquire(segment, 0L)
                : Integer.toUnsignedLong((int) HW_PTR_32.getAcquire(segment, 0L));
    }

    /**
     * Publishes the pointer. Release: every sample moved below it is visible first, and so is the
     * timestamp stored before. Of a 32-bit layout the low 32 bits.
     */
    public void hwPtr(long frames) {
        if (model == DataModel.LP64) {
            HW_PTR.setRelease(segment, 0L, frames);
        } else {
            HW_PTR_32.setRelease(segment, 0L, (int) frames);
        }
    }

    /**
     * When the pointer was last updated, in nanoseconds. Plain: published by {@link #hwPtr(long)}.
     */
    public long tstampNanos() {
        return TSTAMP.nanos(segment, model);
    }

    /** Stores {@code tstamp}, in nanoseconds, before the pointer it belongs to. */
    public void tstampNanos(long nanos) {
        TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code tstamp}, before the pointer it belongs to. */
    public void tstamp(long seconds, long nanosOfSecond) {
        TSTAMP.set(segment, model, seconds, nanosOfSecond);
    }

    /** The {@link PcmState} before a suspend. Plain: published by {@link #state(int)}. */
    public int suspendedState() {
        return SUSPENDED_STATE.get(segment, model);
    }

    /** Stores {@code suspended_state}, before the state that makes it matter. */
    public void suspendedState(int state) {
        SUSPENDED_STATE.set(segment, model, state);
    }

    /** The time by the sample counter, in nanoseconds. Plain: published by {@link #hwPtr(long)}. */
    public long audioTstampNanos() {
        return AUDIO_TSTAMP.nanos(segment, model);
    }

    /** Stores {@code audio_tstamp}, in nanoseconds, before the pointer it belongs to. */
    public void audioTstampNanos(long nanos) {
        AUDIO_TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code audio_tstamp}, before the pointer it belongs to. */
    public void audioTstamp(long seconds, long nanosOfSecond) {
        AUDIO_TSTAMP.set(segment, model, seconds, nanosOfSecond);
    }

    private static VarHandle handle(StructLayout layout, String name) {
        return layout.varHandle(PathElement.groupElement(name));
    }
}
