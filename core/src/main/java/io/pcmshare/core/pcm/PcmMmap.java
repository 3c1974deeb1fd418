package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapOffset;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.RegionSource.Kind;

/**
 * Which memory an mmap of a PCM descriptor is about, and whether it may be. Kernel:
 * sound/core/pcm_native.c, snd_pcm_mmap(), snd_pcm_mmap_data(), _status(), _control().
 */
public final class PcmMmap {
    /** {@code PROT_READ}. */
    public static final int PROT_READ = 1;

    /** {@code PROT_WRITE}. */
    public static final int PROT_WRITE = 2;

    private static final long PAGE = RegionSource.PAGE_BYTES;
    private static final int EINVAL = Errno.EINVAL.negated();

    private PcmMmap() {}

    /** What an offset stands for; everything that is no page is the ring. */
    public static Kind kindOf(long offset) {
        if (offset == MmapOffset.STATUS_OLD || offset == MmapOffset.STATUS_NEW) {
            return Kind.STATUS;
        }
        if (offset == MmapOffset.CONTROL_OLD || offset == MmapOffset.CONTROL_NEW) {
            return Kind.CONTROL;
        }
        return Kind.DATA;
    }

    /**
     * Whether this may be mapped.
     *
     * @param length bytes, as the program asked; whole pages count
     * @param prot {@code PROT_READ}, {@code PROT_WRITE}
     * @return 0, or a negated errno: {@code ENODEV}, {@code ENXIO}, {@code EBADFD}, {@code EACCES},
     *     {@code EINVAL}
     */
    public static int check(PcmFile file, long offset, long length, int prot) {
        synchronized (file.substream().card().lock()) {
            PcmRuntime r = file.substream().runtime();
            if (r.state() == PcmState.DISCONNECTED) {
                return Errno.ENODEV.negated();
            }
            if (file.used32Bit()
                    && kindOf(offset) != Kind.DATA
                    && offset != MmapOffset.STATUS_NEW) {
                // the kernel's pages would have another layout for this program
                return Errno.ENXIO.negated();
            }
            // what the file was opened for is the kernel's own check, before any driver's
            boolean writes = (prot & PROT_WRITE) != 0;
            boolean mayWrite = file.flags().readable() && file.flags().writable();
            if (!file.flags().readable()
                    || (writes && !mayWrite && kindOf(offset) != Kind.STATUS)) {
                return Errno.EACCES.negated();
            }
            return kindOf(offset) == Kind.DATA
                    ? data(file.substream(), r, offset, length, prot)
                    : page(length, prot);
        }
    }

    private static int page(long length, int prot) {
        boolean readable = (prot & PROT_READ) != 0;
        return readable && pages(length) == 1 ? 0 : EINVAL;
    }

    private static int data(Substream s, PcmRuntime r, long offset, long length, int prot) {
        int needed = s.isCapture() ? PROT_READ : PROT_READ | PROT_WRITE;
        if ((prot & needed) == 0) {
            return EINVAL;
        }
        int answer = PcmAction.MMAP_DATA.check(r.state(), s.isCapture());
        StreamParams params = r.params;
        if (answer < 0 || params == null) {
            return answer < 0 ? answer : Errno.EBADFD.negated();
        }
        long ringPages = pages(params.bufferBytes());
        long first = offset / PAGE;
        boolean fits =
                params.access().isMmap()
                        && offset >= 0
                        && offset % PAGE == 0
                        && pages(length) <= ringPages
                        && first <= ringPages - pages(length);
        return fits ? 0 : EINVAL;
    }

    private static long pages(long bytes) {
        return Math.ceilDiv(bytes, PAGE);
    }
}
