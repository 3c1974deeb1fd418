package io.pcmshare.abi;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * PcmShare's own words in the second half of the status page, which ALSA programs never look at.
 * Single writer: the core. All numbers are in the machine's byte order.
 *
 * <pre>{@code
 * page   0  +---------------------------------------------+
 *           | struct snd_pcm_mmap_status, then zeros      |
 *     2048  +----------------------+----------------------+
 *           | u32 magic 'PSWS'     | u32 version 1        |
 *     2056  +----------------------+----------------------+
 *           | u32 wake_seq (futex) | u32 kick_wanted      |
 *     2064  +----------------------+----------------------+
 *           | u64 start_nanos                             |
 *     2072  +----------------------+----------------------+
 *           | u32 revoked          | u32 news             |
 *     2080  +----------------------+----------------------+
 *           | zeros                                       |
 *     4096  +---------------------------------------------+
 * }</pre>
 *
 * <p>Waking the client. Each side stores its own word and then looks at the other's, so at least
 * one of them sees the other: the client sets {@link WakeControl#waiting(int)} and then compares
 * {@code wake_seq} (again in the futex call); the core publishes the pointer, advances {@code
 * wake_seq} and then reads {@code waiting}. Both stores and both loads are volatile: with release
 * and acquire alone each could pass the other, and the client would sleep over a period.
 *
 * <p>Kicking the core, the same with the parts exchanged: the core sets {@code kick_wanted} and
 * then looks at {@code appl_ptr} once more; the client publishes {@code appl_ptr} and then reads
 * {@code kick_wanted}. There {@code appl_ptr} has only release and acquire, so {@link
 * #kickWanted()} and {@link #kickWanted(int)} bring the full fence with them.
 *
 * <p>Threads: the writer's methods by one thread at a time, the readers' by any.
 */
public final class WakeStatus {
    /** {@code 'P' 'S' 'W' 'S'}, first letter lowest. */
    public static final int MAGIC = 'P' | 'S' << 8 | 'W' << 16 | 'S' << 24;

    /** The version of this layout. */
    public static final int VERSION = 1;

    /** Where in the page this layout begins, in bytes. */
    public static final long OFFSET = 2048;

    /** The layout, from {@link #OFFSET} on. */
    public static final StructLayout LAYOUT =
            structLayout(
                            JAVA_INT.withName("magic"),
                            JAVA_INT.withName("version"),
                            JAVA_INT.withName("wake_seq"),
                            JAVA_INT.withName("kick_wanted"),
                            JAVA_LONG.withName("start_nanos"),
                            JAVA_INT.withName("revoked"),
                            JAVA_INT.withName("news"))
                    .withName("pcmshare_wake_status");

    /** Where in the page the futex word that wakes the client lies, in bytes. */
    public static final long WAKE_SEQ_OFFSET = OFFSET + LAYOUT.byteOffset(groupElement("wake_seq"));

    private static final VarHandle MAGIC_WORD = LAYOUT.varHandle(groupElement("magic"));
    private static final VarHandle VERSION_WORD = LAYOUT.varHandle(groupElement("version"));
    private static final VarHandle WAKE_SEQ = LAYOUT.varHandle(groupElement("wake_seq"));
    private static final VarHandle KICK_WANTED = LAYOUT.varHandle(groupElement("kick_wanted"));
    private static final VarHandle START_NANOS = LAYOUT.varHandle(groupElement("start_nanos"));
    private static final VarHandle REVOKED = LAYOUT.varHandle(groupElement("revoked"));

    private static final VarHandle NEWS = LAYOUT.varHandle(groupElement("news"));

    private final MemorySegment segment;

    /** A view of a whole status page of 4096 bytes, aligned to 8. */
    public WakeStatus(MemorySegment page) {
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

    /** Counts the wake-ups, wrapping at 2^32. Volatile: see the class comment. */
    public int wakeSeq() {
        return (int) WAKE_SEQ.getVolatile(segment, 0L);
    }

    /** Publishes the count. Volatile: ordered before the look at {@link WakeControl#waiting()}. */
    public void wakeSeq(int count) {
        WAKE_SEQ.setVolatile(segment, 0L, count);
    }

    /**
     * 1 while the core sleeps until {@code appl_ptr} moves. Fence: the client's store comes first.
     */
    public int kickWanted() {
        VarHandle.fullFence();
        return (int) KICK_WANTED.getVolatile(segment, 0L);
    }

    /** Stores {@code kick_wanted}. Fence: the core's last look at {@code appl_ptr} comes after. */
    public void kickWanted(int wanted) {
        KICK_WANTED.setVolatile(segment, 0L, wanted);
        VarHandle.fullFence();
    }

    /**
     * The {@code CLOCK_MONOTONIC} instant at which {@code hw_ptr} was 0, counted back from the last
     * start. Opaque: valid once an acquire of the state has seen RUNNING.
     */
    public long startNanos() {
        return (long) START_NANOS.getOpaque(segment, 0L);
    }

    /** Stores {@code start_nanos}, before the state that makes it valid. */
    public void startNanos(long nanos) {
        START_NANOS.setOpaque(segment, 0L, nanos);
    }

    /**
     * Counts what the server has said without being asked, so that a client need not look at its
     * socket to know. Acquire; pairs with {@link #news(int)}.
     */
    public int news() {
        return (int) NEWS.getAcquire(segment, 0L);
    }

    /** Publishes that count. Release: the message was sent before. */
    public void news(int count) {
        NEWS.setRelease(segment, 0L, count);
    }

    /** Not 0 when the grant has been taken back. Acquire; pairs with {@link #revoked(int)}. */
    public int revoked() {
        return (int) REVOKED.getAcquire(segment, 0L);
    }

    /**
     * Stores {@code revoked}. Release: what was stored before, such as the state, is seen first.
     */
    public void revoked(int revoked) {
        REVOKED.setRelease(segment, 0L, revoked);
    }
}
