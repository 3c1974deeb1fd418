package io.pcmshare.client;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.WakeControl;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A stream's memory as a client maps it: the ring and, where granted, the two pages. Owns the
 * mappings and the descriptors.
 *
 * <p>Before anything is mapped, size and seals are checked: memory that its sender could still
 * shrink would turn a later access into a fault.
 */
public final class StreamMemory implements AutoCloseable {
    private static final long PAGE = 4096;
    private static final long MAX_RING_BYTES = 1L << 32;
    private static final int PLAYBACK = PcmStream.PLAYBACK.code();
    private static final int NEEDED_SEALS = Memfd.F_SEAL_SHRINK;

    private final Message.Offer offer;
    private final Permissions permissions;
    private final int frameBytes;
    private List<AutoCloseable> owned;
    private Fd ringFd;
    private MemorySegment ring;
    private @Nullable Fd statusFd;
    private @Nullable Pages pages;

    /**
     * The two pages, for a client that was granted both.
     *
     * @param statusMemory the status page
     * @param status the kernel's part of it
     * @param wakeStatus our part of it
     * @param controlMemory the control page
     * @param control the kernel's part of it
     * @param wakeControl our part of it
     */
    record Pages(
            MemorySegment statusMemory,
            MmapStatus status,
            WakeStatus wakeStatus,
            MemorySegment controlMemory,
            MmapControl control,
            WakeControl wakeControl) {}

    private StreamMemory(
            Message.Offer offer,
            Permissions permissions,
            List<AutoCloseable> owned,
            Fd ringFd,
            MemorySegment ring,
            @Nullable Fd statusFd,
            @Nullable Pages pages)
            throws ProtocolException {
        this.offer = offer;
        this.permissions = permissions;
        this.owned = owned;
        this.ringFd = ringFd;
        this.ring = ring;
        this.statusFd = statusFd;
        this.pages = pages;
        this.frameBytes = formatOf(offer).physicalWidth() / 8 * offer.channels();
    }

    /**
     * Checks and maps what an offer brought. The descriptors belong to the result from now on, and
     * are closed if this fails.
     *
     * @throws ProtocolException when they are not what the offer says
     */
    static StreamMemory take(Message.Offer offer, List<Fd> fds) throws IOException {
        List<AutoCloseable> owned = new ArrayList<>(fds);
        try {
            return map(offer, fds.iterator(), owned);
        } catch (IOException | RuntimeException e) {
            closeAll(owned);
            throw e;
        }
    }

    private static StreamMemory map(
            Message.Offer offer, Iterator<Fd> fds, List<AutoCloseable> owned) throws IOException {
        Permissions permissions = permissionsOf(offer);
        boolean capture = offer.stream() == PcmStream.CAPTURE.code();
        boolean writes = !capture && permissions.has(Right.MAP_BUFFER_WRITE);
        int ringProt = Mapping.PROT_READ | (writes ? Mapping.PROT_WRITE : 0);
        PcmFormat format = formatOf(offer);
        long ringBytes = ringBytes(offer, format);
        Fd ringFd = next(fds, "ring");
        MemorySegment ring =
                mapChecked(ringFd, Math.ceilDiv(ringBytes, PAGE) * PAGE, ringProt, owned);
        Fd statusFd = null;
        MemorySegment status = null;
        MemorySegment control = null;
        if (permissions.has(Right.MAP_STATUS)) {
            statusFd = next(fds, "status page");
            status = mapChecked(statusFd, PAGE, Mapping.PROT_READ, owned);
        }
        if (permissions.has(Right.MAP_CONTROL)) {
            int prot = Mapping.PROT_READ | Mapping.PROT_WRITE;
            control = mapChecked(next(fds, "control page"), PAGE, prot, owned);
        }
        if (fds.hasNext()) {
            throw new ProtocolException("more descriptors than permissions=" + permissions);
        }
        Pages pages = status == null || control == null ? null : pagesOf(status, control);
        return new StreamMemory(offer, permissions, owned, ringFd, ring, statusFd, pages);
    }

    private static Permissions permissionsOf(Message.Offer offer) throws ProtocolException {
        long bits = offer.permissions();
        boolean known = (bits & ~Permissions.FULL.bits()) == 0;
        if (!known || !new Permissions(bits).has(Right.MAP_BUFFER_READ)) {
            throw new ProtocolException("permissions=0x" + Long.toHexString(bits));
        }
        return new Permissions(bits);
    }

    private static long ringBytes(Message.Offer offer, PcmFormat format) throws ProtocolException {
        long frameBytes = (long) offer.channels() * format.physicalWidth() / 8;
        if (offer.bufferSize() > MAX_RING_BYTES / frameBytes) {
            throw new ProtocolException(offer.toString());
        }
        return offer.bufferSize() * frameBytes;
    }

    private static Pages pagesOf(MemorySegment status, MemorySegment control)
            throws ProtocolException {
        WakeStatus wakeStatus = new WakeStatus(status);
        if (!wakeStatus.isValid()) {
            throw new ProtocolException("status page without wake block");
        }
        WakeControl wakeControl = new WakeControl(control);
        wakeControl.initialize();
        return new Pages(
                status,
                new MmapStatus(status),
                wakeStatus,
                control,
                new MmapControl(control),
                wakeControl);
    }

    private static Fd next(Iterator<Fd> fds, String what) throws ProtocolException {
        if (!fds.hasNext()) {
            throw new ProtocolException("no descriptor for the " + what);
        }
        return fds.next();
    }

    private static MemorySegment mapChecked(Fd fd, long bytes, int prot, List<AutoCloseable> owned)
            throws IOException {
        int seals = Memfd.getSeals(fd);
        if ((seals & NEEDED_SEALS) != NEEDED_SEALS || fd.size() < bytes) {
            throw new ProtocolException("memory of size=" + fd.size() + ", seals=" + seals);
        }
        Mapping mapping = Mapping.map(fd, 0, bytes, prot, Mapping.MAP_SHARED);
        owned.addFirst(mapping);
        return mapping.segment();
    }

    private static PcmFormat formatOf(Message.Offer offer) throws ProtocolException {
        PcmFormat format = PcmFormat.of(offer.format());
        if (format == null || format.physicalWidth() % 8 != 0) {
            throw new ProtocolException("format=" + offer.format());
        }
        return format;
    }

    /** What the stream is. */
    public Message.Offer offer() {
        return offer;
    }

    /** What may be done with it. */
    public Permissions permissions() {
        return permissions;
    }

    /** The samples, interleaved. */
    public MemorySegment ring() {
        return ring;
    }

    /** Bytes of one frame. */
    public int frameBytes() {
        return frameBytes;
    }

    /** The ring's descriptor, still this object's. */
    public Fd borrowRingFd() {
        return ringFd;
    }

    /** The status page's descriptor, still this object's; {@code null} where it was not granted. */
    public @Nullable Fd borrowStatusFd() {
        return statusFd;
    }

    @Nullable Pages pages() {
        return pages;
    }

    /**
     * Other memory of the same stream, with everything in it that is in this one.
     *
     * @param fds as with an offer; the result's from now on
     * @throws ProtocolException when they are not what the offer said
     */
    StreamMemory copyInto(List<Fd> fds) throws IOException {
        StreamMemory next = take(offer, fds);
        Pages from = pages;
        Pages to = next.pages;
        if (permissions.has(Right.MAP_BUFFER_WRITE) && offer.stream() == PLAYBACK) {
            next.ring.copyFrom(ring);
        }
        if (from != null && to != null) {
            to.control().availMin(from.control().availMin());
            to.control().applPtr(from.control().applPtr());
        }
        return next;
    }

    /** Lets go of this memory and takes the place of the other one, which is used up. */
    void become(StreamMemory next) {
        close();
        owned = next.owned;
        ringFd = next.ringFd;
        ring = next.ring;
        statusFd = next.statusFd;
        pages = next.pages;
    }

    /** Unmaps, then closes. Idempotent. */
    @Override
    public void close() {
        closeAll(owned);
    }

    private static void closeAll(List<AutoCloseable> owned) {
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("close of " + resource, e);
            }
        }
    }
}
