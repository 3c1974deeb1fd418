package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_gparams}: a period, in seconds, as a fraction. Kernel:
 * sound/asound.h, protocol 2.0.7.
 */
public final class TimerGparams {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_gparams",
                    members ->
                            members.array("tid", 1, TimerId.layout(members.model()))
                                    .pad(4, 0, 0)
                                    .words("period_num", "period_den")
                                    .bytes("reserved", 32));

    private static final WordField PERIOD_NUM = LAYOUTS.wordField("period_num");
    private static final WordField PERIOD_DEN = LAYOUTS.wordField("period_den");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerGparams(MemorySegment segment, DataModel model) {
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

    /** Numerator. */
    public long periodNum() {
        return PERIOD_NUM.get(segment, model);
    }

    /** Stores {@code period_num}. */
    public void periodNum(long value) {
        PERIOD_NUM.set(segment, model, value);
    }

    /** Denominator. */
    public long periodDen() {
        return PERIOD_DEN.get(segment, model);
    }

    /** Stores {@code period_den}. */
    public void periodDen(long value) {
        PERIOD_DEN.set(segment, model, value);
    }

    /** Which timer. */
    public TimerId tid() {
        return new TimerId(segment.asSlice(LAYOUTS.offset("tid").get(model)), model);
    }
}
