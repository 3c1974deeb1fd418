package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_read}: an event without time. Kernel: sound/asound.h, protocol
 * 2.0.7; 8 bytes in every model.
 */
public final class TimerRead {
    private static final Layouts LAYOUTS =
            Layouts.of("snd_timer_read", members -> members.ints("resolution", "ticks"));

    private static final IntField RESOLUTION = LAYOUTS.intField("resolution");
    private static final IntField TICKS = LAYOUTS.intField("ticks");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerRead(MemorySegment segment, DataModel model) {
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

    /** Nanoseconds of one tick. */
    public int resolution() {
        return RESOLUTION.get(segment, model);
    }

    /** Stores {@code resolution}. */
    public void resolution(int value) {
        RESOLUTION.set(segment, model, value);
    }

    /** Ticks that passed. */
    public int ticks() {
        return TICKS.get(segment, model);
    }

    /** Stores {@code ticks}. */
    public void ticks(int value) {
        TICKS.set(segment, model, value);
    }
}
