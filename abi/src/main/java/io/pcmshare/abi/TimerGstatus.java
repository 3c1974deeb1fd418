package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_gstatus}: the tick of a timer now. Kernel: sound/asound.h,
 * protocol 2.0.7.
 */
public final class TimerGstatus {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_gstatus",
                    members ->
                            members.array("tid", 1, TimerId.layout(members.model()))
                                    .pad(4, 0, 0)
                                    .words("resolution", "resolution_num", "resolution_den")
                                    .bytes("reserved", 32));

    private static final WordField RESOLUTION = LAYOUTS.wordField("resolution");
    private static final WordField RESOLUTION_NUM = LAYOUTS.wordField("resolution_num");
    private static final WordField RESOLUTION_DEN = LAYOUTS.wordField("resolution_den");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerGstatus(MemorySegment segment, DataModel model) {
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
    public long resolution() {
        return RESOLUTION.get(segment, model);
    }

    /** Stores {@code resolution}. */
    public void resolution(long value) {
        RESOLUTION.set(segment, model, value);
    }

    /** The same in seconds, numerator. */
    public long resolutionNum() {
        return RESOLUTION_NUM.get(segment, model);
    }

    /** Stores {@code resolution_num}. */
    public void resolutionNum(long value) {
        RESOLUTION_NUM.set(segment, model, value);
    }

    /** Denominator. */
    public long resolutionDen() {
        return RESOLUTION_DEN.get(segment, model);
    }

    /** Stores {@code resolution_den}. */
    public void resolutionDen(long value) {
        RESOLUTION_DEN.set(segment, model, value);
    }

    /** Which timer. */
    public TimerId tid() {
        return new TimerId(segment.asSlice(LAYOUTS.offset("tid").get(model)), model);
    }
}
