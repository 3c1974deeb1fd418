package io.pcmshare.abi;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * PcmShare's own words in the second half of the control page, which ALSA programs never look at.
 * Single writer: the client; to the core they are hints that may be nonsense. All numbers are in
 * the machine's byte order.
 *
 * <pre>{@code
 * page   0  +---------------------------------------------+
 *           | struct snd_pcm_mmap_control, then zeros     |
 *     2048  +----------------------+----------------------+
 *           | u32 magic 'PSWC'     | u32 version 1        |
 *     2056  +----------------------+----------------------+
 *           | u32 waiting          | u32 kick_seq (futex) |
 *     2064  +----------------------+----------------------+
 *           | zeros                                       |
 *     4096  +---------------------------------------------+
 * }</pre>
 *
 * <p>How the two sides wake each other, and why nothing is slept over: {@link WakeStatus}.
 *
 * <p>Threads: the writer's methods by one thread at a time, the readers' by any.
 */
public final class WakeControl {
    /** {@code 'P' 'S' 'W' 'C'}, first letter lowest. */
    public static final int MAGIC = 'P' | 'S' << 8 | 'W' << 16 | 'C' << 24;

    /** The version of this layout. */
    public static final int VERSION = 1;

    /** Where in the page this layout begins, in bytes. */
    public static final long OFFSET = 2048;

    /** The layout, from {@link #OFFSET} on. */
    public static final StructLayout LAYOUT =
            structLayout(
                            JAVA_INT.withName("magic"),
                            JAVA_INT.withName("version"),
                            JAVA_INT.withName("waiting"),
                            JAVA_INT.withName("kick_seq"))
                    .withName("pcmshare_wake_control");

    /** Where in the page the futex word that wakes the core lies, in bytes. */
    public static final long KICK_SEQ_OFFSET = OFFSET + LAYOUT.byteOffset(groupElement("kick_seq"));

    private static final VarHandle MAGIC_WORD = LAYOUT.varHandle(groupElement("magic"));
    private static final VarHandle VERSION_WORD = LAYOUT.varHandle(groupElement("version"));
    private static final VarHandle WAITING = LAYOUT.varHandle(groupElement("waiting"));
    private static final VarHandle KICK_SEQ = LAYOUT.varHandle(groupElement("kick_seq"));

    private final MemorySegment segment;

    /** A view of a whole control page of 4096 bytes, aligned to 4. */
    public WakeControl(MemorySegment page) {
        this.segment = page.asSlice(OFFSET, LAYOUT);
    }

    /**
     * Writes magic and version, once, before the page leaves the process. Plain, for that reason.
     */
    public void initialize() {
        MAGIC_WORD.set(segment, 0L, MAGIC);
        VERSION_WORD.set(segment, 0L, VERSION);
    }

    /** Whether magic and version are those of this class. */
    public boolean isValid() {
        return (int) MAGIC_WORD.get(segment, 0L) == MAGIC
                && (int) VERSION_WORD.get(segment, 0L) == VERSION;
    }

    /**
     * 1 while the client waits on {@code wake_seq}. Volatile: pairs with {@link #waiting(int)}; the
     * core has advanced {@link WakeStatus#wakeSeq(int)} before it looks here.
     */
    public int waiting() {
        return (int) WAITING.getVolatile(segment, 0L);
    }

    /**
     * Stores {@code waiting}. Volatile: ordered before the look at {@link WakeStatus#wakeSeq()}.
     */
    public void waiting(int waiting) {
        WAITING.setVolatile(segment, 0L, waiting);
    }

    /** Counts the kicks, wrapping at 2^32. Volatile: pairs with {@link #kick()}. */
    public int kickSeq() {
        return (int) KICK_SEQ.getVolatile(segment, 0L);
    }

    /**
     * Counts one more kick; the futex call is the caller's. Volatile: {@code appl_ptr} is seen
     * first.
     */
    public void kick() {
        KICK_SEQ.getAndAdd(segment, 0L, 1);
    }
}
