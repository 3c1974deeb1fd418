package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_pcm_sw_params}: when a stream starts, stops and wakes its program.
 * Kernel: sound/asound.h, protocol 2.0.15. Thresholds and sizes are in frames.
 */
public final class SwParams {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_sw_params",
                    members ->
                            members.ints("tstamp_mode", "period_step", "sleep_min")
                                    .pad(4, 0, 0)
                                    .words("avail_min", "xfer_align")
                                    .words("start_threshold", "stop_threshold")
                                    .words("silence_threshold", "silence_size")
                                    .words("boundary")
                                    .ints("proto", "tstamp_type")
                                    .bytes("reserved", 56));

    private static final IntField TSTAMP_MODE = LAYOUTS.intField("tstamp_mode");
    private static final IntField PERIOD_STEP = LAYOUTS.intField("period_step");
    private static final IntField SLEEP_MIN = LAYOUTS.intField("sleep_min");
    private static final WordField AVAIL_MIN = LAYOUTS.wordField("avail_min");
    private static final WordField XFER_ALIGN = LAYOUTS.wordField("xfer_align");
    private static final WordField START_THRESHOLD = LAYOUTS.wordField("start_threshold");
    private static final WordField STOP_THRESHOLD = LAYOUTS.wordField("stop_threshold");
    private static final WordField SILENCE_THRESHOLD = LAYOUTS.wordField("silence_threshold");
    private static final WordField SILENCE_SIZE = LAYOUTS.wordField("silence_size");
    private static final WordField BOUNDARY = LAYOUTS.wordField("boundary");
    private static final IntField PROTO = LAYOUTS.intField("proto");
    private static final IntField TSTAMP_TYPE = LAYOUTS.intField("tstamp_type");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public SwParams(MemorySegment segment, DataModel model) {
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

    /** A {@link TstampMode}. */
    public int tstampMode() {
        return TSTAMP_MODE.get(segment, model);
    }

    /** Stores {@code tstamp_mode}. */
    public void tstampMode(int value) {
        TSTAMP_MODE.set(segment, model, value);
    }

    /** Obsolete; 1. */
    public int periodStep() {
        return PERIOD_STEP.get(segment, model);
    }

    /** Stores {@code period_step}. */
    public void periodStep(int value) {
        PERIOD_STEP.set(segment, model, value);
    }

    /** Obsolete; 0. */
    public int sleepMin() {
        return SLEEP_MIN.get(segment, model);
    }

    /** Stores {@code sleep_min}. */
    public void sleepMin(int value) {
        SLEEP_MIN.set(segment, model, value);
    }

    /** Frames that must be available before the program is woken. */
    public long availMin() {
        return AVAIL_MIN.get(segment, model);
    }

    /** Stores {@code avail_min}. */
    public void availMin(long value) {
        AVAIL_MIN.set(segment, model, value);
    }

    /** Obsolete. */
    public long xferAlign() {
        return XFER_ALIGN.get(segment, model);
    }

    /** Stores {@code xfer_align}. */
    public void xferAlign(long value) {
        XFER_ALIGN.set(segment, model, value);
    }

    /** Frames queued (playback) or asked for (capture) at which the stream starts by itself. */
    public long startThreshold() {
        return START_THRESHOLD.get(segment, model);
    }

    /** Stores {@code start_threshold}. */
    public void startThreshold(long value) {
        START_THRESHOLD.set(segment, model, value);
    }

    /** Frames available at which the stream stops with an xrun. */
    public long stopThreshold() {
        return STOP_THRESHOLD.get(segment, model);
    }

    /** Stores {@code stop_threshold}. */
    public void stopThreshold(long value) {
        STOP_THRESHOLD.set(segment, model, value);
    }

    /** Queued frames below which silence is filled in. */
    public long silenceThreshold() {
        return SILENCE_THRESHOLD.get(segment, model);
    }

    /** Stores {@code silence_threshold}. */
    public void silenceThreshold(long value) {
        SILENCE_THRESHOLD.set(segment, model, value);
    }

    /** Frames of silence filled in. */
    public long silenceSize() {
        return SILENCE_SIZE.get(segment, model);
    }

    /** Stores {@code silence_size}. */
    public void silenceSize(long value) {
        SILENCE_SIZE.set(segment, model, value);
    }

    /** Where the pointers wrap, in frames; the kernel fills it in. */
    public long boundary() {
        return BOUNDARY.get(segment, model);
    }

    /** Stores {@code boundary}. */
    public void boundary(long value) {
        BOUNDARY.set(segment, model, value);
    }

    /** The protocol version the program speaks. */
    public int proto() {
        return PROTO.get(segment, model);
    }

    /** Stores {@code proto}. */
    public void proto(int value) {
        PROTO.set(segment, model, value);
    }

    /** A {@link TstampType}; looked at from protocol 2.0.12 on. */
    public int tstampType() {
        return TSTAMP_TYPE.get(segment, model);
    }

    /** Stores {@code tstamp_type}. */
    public void tstampType(int value) {
        TSTAMP_TYPE.set(segment, model, value);
    }
}
