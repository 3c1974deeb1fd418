package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** View of {@code struct snd_timer_status}. Kernel: sound/asound.h, protocol 2.0.7. */
public final class TimerStatus {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_status",
                    members ->
                            members.timespecs("tstamp")
                                    .ints("resolution", "lost", "overrun", "queue")
                                    .bytes("reserved", 64));

    private static final TimespecField TSTAMP_NANOS = LAYOUTS.timespecField("tstamp");
    private static final IntField RESOLUTION = LAYOUTS.intField("resolution");
    private static final IntField LOST = LAYOUTS.intField("lost");
    private static final IntField OVERRUN = LAYOUTS.intField("overrun");
    private static final IntField QUEUE = LAYOUTS.intField("queue");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerStatus(MemorySegment segment, DataModel model) {
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

    /** When it was last started or stopped, in nanoseconds. */
    public long tstampNanos() {
        return TSTAMP_NANOS.nanos(segment, model);
    }

    /** Stores {@code tstamp}, in nanoseconds. */
    public void tstampNanos(long nanos) {
        TSTAMP_NANOS.nanos(segment, model, nanos);
    }

    /** Nanoseconds of one tick. */
    public int resolution() {
        return RESOLUTION.get(segment, model);
    }

    /** Stores {@code resolution}. */
    public void resolution(int value) {
        RESOLUTION.set(segment, model, value);
    }

    /** Ticks that were lost. */
    public int lost() {
        return LOST.get(segment, model);
    }

    /** Stores {@code lost}. */
    public void lost(int value) {
        LOST.set(segment, model, value);
    }

    /** Events that found the queue full. */
    public int overrun() {
        return OVERRUN.get(segment, model);
    }

    /** Stores {@code overrun}. */
    public void overrun(int value) {
        OVERRUN.set(segment, model, value);
    }

    /** Events in the queue. */
    public int queue() {
        return QUEUE.get(segment, model);
    }

    /** Stores {@code queue}. */
    public void queue(int value) {
        QUEUE.set(segment, model, value);
    }
}
