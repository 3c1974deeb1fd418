package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_params}. Kernel: sound/asound.h, protocol 2.0.7; 80 bytes in
 * every model.
 */
public final class TimerParams {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_params",
                    members ->
                            members.ints("flags", "ticks", "queue_size", "reserved0", "filter")
                                    .bytes("reserved", 60));

    private static final IntField FLAGS = LAYOUTS.intField("flags");
    private static final IntField TICKS = LAYOUTS.intField("ticks");
    private static final IntField QUEUE_SIZE = LAYOUTS.intField("queue_size");
    private static final IntField FILTER = LAYOUTS.intField("filter");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerParams(MemorySegment segment, DataModel model) {
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

    /** Bits {@code SNDRV_TIMER_PSFLG_*}. */
    public int flags() {
        return FLAGS.get(segment, model);
    }

    /** Stores {@code flags}. */
    public void flags(int value) {
        FLAGS.set(segment, model, value);
    }

    /** Ticks from one event to the next, unsigned. */
    public int ticks() {
        return TICKS.get(segment, model);
    }

    /** Stores {@code ticks}. */
    public void ticks(int value) {
        TICKS.set(segment, model, value);
    }

    /** Events that the queue holds; 0 changes nothing. */
    public int queueSize() {
        return QUEUE_SIZE.get(segment, model);
    }

    /** Stores {@code queue_size}. */
    public void queueSize(int value) {
        QUEUE_SIZE.set(segment, model, value);
    }

    /** A bit for each {@link TimerEvent} that is wanted. */
    public int filter() {
        return FILTER.get(segment, model);
    }

    /** Stores {@code filter}. */
    public void filter(int value) {
        FILTER.set(segment, model, value);
    }
}
