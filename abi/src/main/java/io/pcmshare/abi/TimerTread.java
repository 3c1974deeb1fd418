package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_tread}: an event with its time. Kernel: sound/asound.h, protocol
 * 2.0.7; 32 bytes, or 16 with a 32-bit {@code time_t}.
 */
public final class TimerTread {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_tread",
                    members ->
                            members.ints("event")
                                    .pad(4, 0, 4)
                                    .timespecs("tstamp")
                                    .ints("val")
                                    .pad(4, 0, 4));

    private static final IntField EVENT = LAYOUTS.intField("event");
    private static final TimespecField TSTAMP_NANOS = LAYOUTS.timespecField("tstamp");
    private static final IntField VAL = LAYOUTS.intField("val");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerTread(MemorySegment segment, DataModel model) {
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

    /** A {@link TimerEvent}. */
    public int event() {
        return EVENT.get(segment, model);
    }

    /** Stores {@code event}. */
    public void event(int value) {
        EVENT.set(segment, model, value);
    }

    /** When it happened, in nanoseconds. */
    public long tstampNanos() {
        return TSTAMP_NANOS.nanos(segment, model);
    }

    /** Stores {@code tstamp}, in nanoseconds. */
    public void tstampNanos(long nanos) {
        TSTAMP_NANOS.nanos(segment, model, nanos);
    }

    /** Ticks, or nanoseconds of one, by the event. */
    public int val() {
        return VAL.get(segment, model);
    }

    /** Stores {@code val}. */
    public void val(int value) {
        VAL.set(segment, model, value);
    }
}
