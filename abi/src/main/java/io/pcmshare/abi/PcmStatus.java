package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_pcm_status}: what {@code STATUS} answers. Kernel: sound/asound.h,
 * protocol 2.0.15. Pointers and counts are in frames.
 */
public final class PcmStatus {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_status",
                    members ->
                            members.ints("state")
                                    .pad(4, 0, 4)
                                    .timespecs("trigger_tstamp", "tstamp")
                                    .words(
                                            "appl_ptr",
                                            "hw_ptr",
                                            "delay",
                                            "avail",
                                            "avail_max",
                                            "overrange")
                                    .ints("suspended_state", "audio_tstamp_data")
                                    .timespecs("audio_tstamp", "driver_tstamp")
                                    .ints("audio_tstamp_accuracy")
                                    .bytes(
                                            "reserved",
                                            52 - 2 * Timespec.layout(members.model()).byteSize()));

    private static final IntField STATE = LAYOUTS.intField("state");
    private static final TimespecField TRIGGER_TSTAMP = LAYOUTS.timespecField("trigger_tstamp");
    private static final TimespecField TSTAMP = LAYOUTS.timespecField("tstamp");
    private static final WordField APPL_PTR = LAYOUTS.wordField("appl_ptr");
    private static final WordField HW_PTR = LAYOUTS.wordField("hw_ptr");
    private static final WordField DELAY = LAYOUTS.wordField("delay");
    private static final WordField AVAIL = LAYOUTS.wordField("avail");
    private static final WordField AVAIL_MAX = LAYOUTS.wordField("avail_max");
    private static final WordField OVERRANGE = LAYOUTS.wordField("overrange");
    private static final IntField SUSPENDED_STATE = LAYOUTS.intField("suspended_state");
    private static final IntField AUDIO_TSTAMP_DATA = LAYOUTS.intField("audio_tstamp_data");
    private static final TimespecField AUDIO_TSTAMP = LAYOUTS.timespecField("audio_tstamp");
    private static final TimespecField DRIVER_TSTAMP = LAYOUTS.timespecField("driver_tstamp");
    private static final IntField AUDIO_TSTAMP_ACCURACY = LAYOUTS.intField("audio_tstamp_accuracy");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public PcmStatus(MemorySegment segment, DataModel model) {
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

    /** A {@link PcmState}. */
    public int state() {
        return STATE.get(segment, model);
    }

    /** Stores {@code state}. */
    public void state(int value) {
        STATE.set(segment, model, value);
    }

    /** When the stream last started, stopped or paused, in nanoseconds. */
    public long triggerTstampNanos() {
        return TRIGGER_TSTAMP.nanos(segment, model);
    }

    /** Stores {@code trigger_tstamp}, in nanoseconds. */
    public void triggerTstampNanos(long nanos) {
        TRIGGER_TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code trigger_tstamp}. */
    public void triggerTstamp(long seconds, long nanosOfSecond) {
        TRIGGER_TSTAMP.set(segment, model, seconds, nanosOfSecond);
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

    /** Where the program is, in {@code [0, boundary)}. */
    public long applPtr() {
        return APPL_PTR.get(segment, model);
    }

    /** Stores {@code appl_ptr}. */
    public void applPtr(long value) {
        APPL_PTR.set(segment, model, value);
    }

    /** Where the device is, in {@code [0, boundary)}. */
    public long hwPtr() {
        return HW_PTR.get(segment, model);
    }

    /** Stores {@code hw_ptr}. */
    public void hwPtr(long value) {
        HW_PTR.set(segment, model, value);
    }

    /** Frames until a new one is heard; negative past an ignored xrun. */
    public long delay() {
        return DELAY.getSigned(segment, model);
    }

    /** Stores {@code delay}. */
    public void delay(long value) {
        DELAY.set(segment, model, value);
    }

    /** Frames writable (playback) or readable (capture). */
    public long avail() {
        return AVAIL.get(segment, model);
    }

    /** Stores {@code avail}. */
    public void avail(long value) {
        AVAIL.set(segment, model, value);
    }

    /** The largest {@code avail} since the last call. */
    public long availMax() {
        return AVAIL_MAX.get(segment, model);
    }

    /** Stores {@code avail_max}. */
    public void availMax(long value) {
        AVAIL_MAX.set(segment, model, value);
    }

    /** Clipped frames captured since the last call. */
    public long overrange() {
        return OVERRANGE.get(segment, model);
    }

    /** Stores {@code overrange}. */
    public void overrange(long value) {
        OVERRANGE.set(segment, model, value);
    }

    /** The {@link PcmState} before a suspend. */
    public int suspendedState() {
        return SUSPENDED_STATE.get(segment, model);
    }

    /** Stores {@code suspended_state}. */
    public void suspendedState(int value) {
        SUSPENDED_STATE.set(segment, model, value);
    }

    /** Which audio timestamp is asked for, and which was given. */
    public int audioTstampData() {
        return AUDIO_TSTAMP_DATA.get(segment, model);
    }

    /** Stores {@code audio_tstamp_data}. */
    public void audioTstampData(int value) {
        AUDIO_TSTAMP_DATA.set(segment, model, value);
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

    /** When the driver took the audio timestamp, in nanoseconds. */
    public long driverTstampNanos() {
        return DRIVER_TSTAMP.nanos(segment, model);
    }

    /** Stores {@code driver_tstamp}, in nanoseconds. */
    public void driverTstampNanos(long nanos) {
        DRIVER_TSTAMP.nanos(segment, model, nanos);
    }

    /** Stores {@code driver_tstamp}. */
    public void driverTstamp(long seconds, long nanosOfSecond) {
        DRIVER_TSTAMP.set(segment, model, seconds, nanosOfSecond);
    }

    /** Nanoseconds, unsigned; where {@code audio_tstamp_data} says so. */
    public int audioTstampAccuracy() {
        return AUDIO_TSTAMP_ACCURACY.get(segment, model);
    }

    /** Stores {@code audio_tstamp_accuracy}. */
    public void audioTstampAccuracy(int value) {
        AUDIO_TSTAMP_ACCURACY.set(segment, model, value);
    }
}
