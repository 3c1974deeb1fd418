package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Takes a stream's memory away from those who hold it. Threads: under the card's lock.
 *
 * <p>Order: first everything that can fail, then the position is brought up to date (so that what
 * was heard until now is the old ring's), then the stream lives in the new memory.
 */
final class MemoryChange {
    private MemoryChange() {}

    /** Memory for a later change; on failure none is left behind. */
    static StreamRegions allocateAll(Substream s) throws IOException {
        PcmRuntime r = s.runtime();
        @Nullable Region newData = null;
        @Nullable Region newStatus = null;
        try {
            Region oldData = r.dataRegion;
            if (oldData != null) {
                newData = allocate(s, RegionSource.Kind.DATA, oldData.memory().byteSize());
                silence(newData, r.params);
            }
            newStatus = allocate(s, RegionSource.Kind.STATUS, RegionSource.PAGE_BYTES);
            Region newControl = allocate(s, RegionSource.Kind.CONTROL, RegionSource.PAGE_BYTES);
            return new StreamRegions(newData, newStatus, newControl);
        } catch (IOException e) {
            close(newData);
            close(newStatus);
            throw e;
        }
    }

    /** Whether memory made earlier is as large as what it is to replace. */
    static boolean fits(Substream s, StreamRegions fresh) {
        Region old = s.runtime().dataRegion;
        Region data = fresh.data();
        if (old == null || data == null) {
            return old == null && data == null;
        }
        return old.memory().byteSize() == data.memory().byteSize();
    }

    static long replace(
            Substream s, StreamRegions fresh, long keepFrames, Consumer<StreamRegions> adopted) {
        PcmRuntime r = s.runtime();
        catchUp(s, r);
        keep(r, fresh.data(), keepFrames);
        long claimed = r.applPtr();
        change(r, fresh, r.geometry.isPointer(claimed) ? claimed : r.hwPtr(), adopted);
        return r.hwPtr();
    }

    /** The client's pointer is taken from the new control page, and judged as any of its words. */
    static long move(Substream s, StreamRegions filled, Consumer<StreamRegions> adopted) {
        PcmRuntime r = s.runtime();
        catchUp(s, r);
        long claimed = new MmapControl(filled.control().memory()).applPtr();
        change(r, filled, r.geometry.isPointer(claimed) ? claimed : r.hwPtr(), adopted);
        return r.hwPtr();
    }

    private static void change(
            PcmRuntime r, StreamRegions fresh, long applPtr, Consumer<StreamRegions> adopted) {
        // the last thing that holders of the old status page see
        r.statusPage.state(PcmState.DISCONNECTED.code());
        adopted.accept(fresh);
        adopt(r, fresh.data(), fresh.status(), fresh.control(), applPtr);
    }

    /** What is still to be heard, wherever the ring's end lies. */
    private static void keep(PcmRuntime r, @Nullable Region fresh, long keepFrames) {
        RingView ring = r.ring;
        StreamParams params = r.params;
        Region old = r.dataRegion;
        if (keepFrames <= 0 || ring == null || params == null || fresh == null || old == null) {
            return;
        }
        long size = params.bufferSize();
        long at = r.hwPtr() % size;
        long frames = Math.min(keepFrames, size);
        long first = Math.min(frames, size - at);
        RingView into = new RingView(fresh.memory(), params);
        into.copyFrom(ring, at, first);
        into.copyFrom(ring, 0, frames - first);
    }

    /** Silences the whole ring: what lies ahead, and behind it nothing anybody will hear. */
    static long silenceAhead(Substream s) {
        PcmRuntime r = s.runtime();
        catchUp(s, r);
        RingView ring = r.ring;
        if (ring != null && r.ownsRing()) {
            ring.silence(0, ring.params().bufferSize());
        }
        return r.hwPtr();
    }

    /**
     * Lives in other ring memory from now on; pages, state and pointers stay. What was played or
     * recorded until now is the old ring's.
     */
    private static void replaceRing(PcmRuntime r, Substream s, StreamParams params, Region fresh) {
        catchUp(s, r);
        Region old = r.dataRegion;
        r.dataRegion = fresh;
        r.ring = new RingView(fresh.memory(), params);
        close(old);
    }

    /**
     * Attaches memory that is not the stream's own.
     *
     * @return 0, or a negated errno; then the region is still the caller's
     */
    static int attachRing(Substream s, Region region) {
        PcmRuntime r = s.runtime();
        int answer = PcmAction.MMAP_DATA.check(r.state(), s.isCapture());
        StreamParams params = r.params;
        if (answer < 0 || params == null) {
            return answer < 0 ? answer : Errno.EBADFD.negated();
        }
        if (region.memory().byteSize() < params.bufferBytes()) {
            return Errno.EINVAL.negated();
        }
        if (s.isCapture() && region.memory().isReadOnly()) {
            return Errno.EACCES.negated();
        }
        replaceRing(r, s, params, region);
        return 0;
    }

    /** Goes back to memory of the stream's own, which is silent: 0 or a negated errno. */
    static int detachRing(Substream s) {
        PcmRuntime r = s.runtime();
        Region attached = r.dataRegion;
        StreamParams params = r.params;
        if (attached == null || params == null || !attached.isForeign()) {
            return Errno.EINVAL.negated();
        }
        try {
            Region own = allocate(s, RegionSource.Kind.DATA, attached.memory().byteSize());
            silence(own, params);
            replaceRing(r, s, params, own);
            return 0;
        } catch (IOException e) {
            // nothing has changed; who asks sees ENOMEM as for any other memory
            return Errno.ENOMEM.negated();
        }
    }

    private static void catchUp(Substream s, PcmRuntime r) {
        if (r.isRunning(s.isCapture())) {
            Positions.update(s, r, s.card().clock().monotonicNanos());
        }
    }

    private static void adopt(
            PcmRuntime r, @Nullable Region data, Region status, Region control, long applPtr) {
        long availMin = r.availMin();
        r.closeRegions();
        r.statusRegion = status;
        r.controlRegion = control;
        r.statusPage = new MmapStatus(status.memory());
        r.controlPage = new MmapControl(control.memory());
        r.applPtr(applPtr);
        r.availMin(availMin);
        r.publishAll();
        StreamParams params = r.params;
        if (data != null && params != null) {
            r.dataRegion = data;
            r.ring = new RingView(data.memory(), params);
        }
    }

    private static void silence(Region data, @Nullable StreamParams params) {
        if (params != null) {
            new RingView(data.memory(), params).silence(0, params.bufferSize());
        }
    }

    private static Region allocate(Substream s, RegionSource.Kind kind, long bytes)
            throws IOException {
        return s.card().regions().allocate(kind, s.isCapture(), bytes);
    }

    private static void close(@Nullable Region region) {
        if (region != null) {
            region.close();
        }
    }
}
