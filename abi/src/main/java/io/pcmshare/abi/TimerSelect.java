package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * View of {@code struct snd_timer_select}. Kernel: sound/asound.h, protocol 2.0.7; 52 bytes in
 * every model.
 */
public final class TimerSelect {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_timer_select",
                    members ->
                            members.array("id", 1, TimerId.layout(members.model()))
                                    .bytes("reserved", 32));

    private final MemorySegment segment;
    private final DataModel model;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public TimerSelect(MemorySegment segment, DataModel model) {
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

    /** Which timer. */
    public TimerId id() {
        return new TimerId(segment.asSlice(LAYOUTS.offset("id").get(model)), model);
    }
}
