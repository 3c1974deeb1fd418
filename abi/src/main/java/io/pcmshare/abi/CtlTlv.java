package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of the head of {@code struct snd_ctl_tlv}; the words follow it. Kernel: sound/asound.h,
 * protocol 2.0.8; 8 bytes in every model.
 */
public final class CtlTlv {
    private static final Layouts LAYOUTS =
            Layouts.of("snd_ctl_tlv", members -> members.ints("numid", "length"));

    private static final IntField NUMID = LAYOUTS.intField("numid");
    private static final IntField LENGTH = LAYOUTS.intField("length");

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public CtlTlv(MemorySegment segment, DataModel model) {
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

    /** Number of the element. */
    public int numid() {
        return NUMID.get(segment, model);
    }

    /** Stores {@code numid}. */
    public void numid(int value) {
        NUMID.set(segment, model, value);
    }

    /** Bytes that follow, unsigned. */
    public int length() {
        return LENGTH.get(segment, model);
    }

    /** Stores {@code length}. */
    public void length(int value) {
        LENGTH.set(segment, model, value);
    }
}
