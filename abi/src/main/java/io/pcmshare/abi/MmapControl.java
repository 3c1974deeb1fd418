package io.pcmshare.abi;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * View of {@code struct snd_pcm_mmap_control}, the page in which a program says where it is.
 * Kernel: sound/asound.h, protocol 2.0.15; 16 bytes (i386: 8, with a 64-bit {@code time_t} 12).
 *
 * <p>Single writer: the client. The core reads what may be nonsense, and change at any instant: it
 * reads a field once, and checks what it read.
 *
 * <p>Threads: the writer's methods by one thread at a time, the readers' by any.
 */
public final class MmapControl {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_mmap_control",
                    // The 12 bytes are a slip in the header's padding; programs are built with it.
                    members -> members.words("appl_ptr", "avail_min").pad(0, 0, 4));

    /** The layout of {@link DataModel#LP64}, which is that of the page itself. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    // The two 32-bit layouts differ in their size only.
    private static final VarHandle APPL_PTR = handle(LAYOUT, "appl_ptr");
    private static final VarHandle APPL_PTR_32 = handle(LAYOUTS.ilp32(), "appl_ptr");
    private static final VarHandle AVAIL_MIN = handle(LAYOUT, "avail_min");
    private static final VarHandle AVAIL_MIN_32 = handle(LAYOUTS.ilp32(), "avail_min");

    private final MemorySegment segment;
    private final boolean wide;

    /** A view of the page of a 64-bit program; {@code segment} is aligned to 8 bytes. */
    public MmapControl(MemorySegment segment) {
        this(segment, DataModel.LP64);
    }

    /** A view of the first bytes of {@code segment}, aligned as {@link #layout} is. */
    public MmapControl(MemorySegment segment, DataModel model) {
        this.segment = segment.asSlice(0, layout(model));
        this.wide = model == DataModel.LP64;
    }

    /** The layout in a program of that model. */
    public static StructLayout layout(DataModel model) {
        return LAYOUTS.of(model);
    }

    /**
     * Where the program says it is, in frames; the core trusts no value of it. Acquire; pairs with
     * the release in {@link #applPtr(long)}.
     */
    public long applPtr() {
        return wide
                ? (long) APPL_PTR.getAcquire(segment, 0L)
                : Integer.toUnsignedLong((int) APPL_PTR_32.getAcquire(segment, 0L));
    }

    /**
     * Publishes the pointer. Release: every sample written below it (playback) is visible first,
     * and every sample below it (capture) has been read. Of a 32-bit layout the low 32 bits.
     */
    public void applPtr(long frames) {
        if (wide) {
            APPL_PTR.setRelease(segment, 0L, frames);
        } else {
            APPL_PTR_32.setRelease(segment, 0L, (int) frames);
        }
    }

    /** Frames that must be available before the program is woken. Opaque: it publishes nothing. */
    public long availMin() {
        return wide
                ? (long) AVAIL_MIN.getOpaque(segment, 0L)
                : Integer.toUnsignedLong((int) AVAIL_MIN_32.getOpaque(segment, 0L));
    }

    /** Stores {@code avail_min}. Opaque: whole, some time soon, and in no order. */
    public void availMin(long frames) {
        if (wide) {
            AVAIL_MIN.setOpaque(segment, 0L, frames);
        } else {
            AVAIL_MIN_32.setOpaque(segment, 0L, (int) frames);
        }
    }

    private static VarHandle handle(StructLayout layout, String name) {
        return layout.varHandle(PathElement.groupElement(name));
    }
}
