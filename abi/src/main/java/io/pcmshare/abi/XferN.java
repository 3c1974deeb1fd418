package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_xfern}: frames to move, each channel from or to memory of its own.
 * Kernel: sound/asound.h, protocol 2.0.15.
 */
public final class XferN {
    private static final Layouts LAYOUTS =
            Layouts.of("snd_xfern", members -> members.words("result", "bufs", "frames"));

    private static final WordField RESULT = LAYOUTS.wordField("result");
    private static final WordField BUFS = LAYOUTS.wordField("bufs");
    private static final WordField FRAMES = LAYOUTS.wordField("frames");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public XferN(MemorySegment segment, DataModel model) {
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

    /** Frames moved, or a negated errno. */
    public long result() {
        return RESULT.getSigned(segment, model);
    }

    /** Stores {@code result}. */
    public void result(long value) {
        RESULT.set(segment, model, value);
    }

    /** Address of an array of addresses, one per channel, in the program's memory. */
    public long bufs() {
        return BUFS.get(segment, model);
    }

    /** Stores {@code bufs}. */
    public void bufs(long value) {
        BUFS.set(segment, model, value);
    }

    /** Frames to move. */
    public long frames() {
        return FRAMES.get(segment, model);
    }

    /** Stores {@code frames}. */
    public void frames(long value) {
        FRAMES.set(segment, model, value);
    }
}
