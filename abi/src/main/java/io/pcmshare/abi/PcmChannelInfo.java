package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_pcm_channel_info}: where in the ring the samples of a channel lie.
 * Kernel: sound/asound.h, protocol 2.0.15.
 */
public final class PcmChannelInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_channel_info",
                    members ->
                            members.ints("channel")
                                    .pad(4, 0, 0)
                                    .words("offset")
                                    .ints("first", "step"));

    private static final IntField CHANNEL = LAYOUTS.intField("channel");
    private static final WordField OFFSET = LAYOUTS.wordField("offset");
    private static final IntField FIRST = LAYOUTS.intField("first");
    private static final IntField STEP = LAYOUTS.intField("step");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public PcmChannelInfo(MemorySegment segment, DataModel model) {
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

    /** Which channel is asked about. */
    public int channel() {
        return CHANNEL.get(segment, model);
    }

    /** Stores {@code channel}. */
    public void channel(int value) {
        CHANNEL.set(segment, model, value);
    }

    /** Where to map, in bytes. */
    public long offset() {
        return OFFSET.getSigned(segment, model);
    }

    /** Stores {@code offset}. */
    public void offset(long value) {
        OFFSET.set(segment, model, value);
    }

    /** From the start of the mapping to the first sample, in bits. */
    public int first() {
        return FIRST.get(segment, model);
    }

    /** Stores {@code first}. */
    public void first(int value) {
        FIRST.set(segment, model, value);
    }

    /** From one sample to the next, in bits. */
    public int step() {
        return STEP.get(segment, model);
    }

    /** Stores {@code step}. */
    public void step(int value) {
        STEP.set(segment, model, value);
    }
}
