package io.pcmshare.cards;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmInfo;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.SwParams;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.XferI;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A {@code /dev/snd/pcmC*D*p} or {@code c} of the machine. Kernel: uapi/sound/asound.h, protocol
 * 2.0.9 and later: {@code SYNC_PTR} instead of mapped pages, {@code WRITEI} instead of the mapped
 * ring. That way works on every device, is one call for a period, and leaves caches, bounce buffers
 * and {@code appl_ptr} to the kernel; a mapping would save a copy of frames that we have in the
 * cache anyway. Owns the descriptor.
 */
final class KernelNode implements PcmNode {
    private static final DataModel LP64 = DataModel.LP64;
    private static final int STRUCT_BYTES = 1024;

    private final Fd fd;
    private final boolean capture;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment paramsMemory = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final MemorySegment syncMemory = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final MemorySegment xferMemory = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final HwParams hwParams = new HwParams(paramsMemory, LP64);
    private final SyncPtr syncPtr = new SyncPtr(syncMemory, LP64);
    private final XferI xfer = new XferI(xferMemory, LP64);
    private PcmState state = PcmState.OPEN;
    private long hwPtr;

    private KernelNode(Fd fd, boolean capture) {
        this.fd = fd;
        this.capture = capture;
    }

    /**
     * Opens the first free substream of a device; never waits for one.
     *
     * @throws ErrnoException {@code EBUSY}, {@code EACCES}, {@code ENOENT}
     */
    static KernelNode open(Path node, boolean capture) throws ErrnoException {
        return new KernelNode(Fd.open(node, Fd.O_RDWR | Fd.O_NONBLOCK), capture);
    }

    private int call(PcmIoctl ioctl, MemorySegment argument) {
        return noted(Syscalls.ioctl(fd, ioctl.request(LP64), argument));
    }

    private int call(PcmIoctl ioctl) {
        return noted(Syscalls.ioctl(fd, ioctl.request(LP64), 0L));
    }

    /** A device that was unplugged answers nothing else any more. */
    private int noted(int answer) {
        if (answer == Errno.ENODEV.negated()) {
            state = PcmState.DISCONNECTED;
        }
        return answer;
    }

    @Override
    public Label label() {
        PcmInfo info = new PcmInfo(paramsMemory.fill((byte) 0));
        int answer = call(PcmIoctl.INFO, paramsMemory);
        return answer < 0
                ? new Label("", "", 0)
                : new Label(info.id(), info.name(), info.subdevicesCount());
    }

    @Override
    public int hwRefine(HwParamSpace space) {
        return exchange(PcmIoctl.HW_REFINE, space);
    }

    @Override
    public int hwParams(HwParamSpace space) {
        return exchange(PcmIoctl.HW_PARAMS, space);
    }

    private int exchange(PcmIoctl ioctl, HwParamSpace space) {
        hwParams.clear();
        space.write(hwParams);
        int answer = call(ioctl, paramsMemory);
        if (answer >= 0) {
            space.read(hwParams);
        }
        return answer;
    }

    @Override
    public int swParams(long startThreshold, long bufferSize) {
        paramsMemory.fill((byte) 0);
        SwParams params = new SwParams(paramsMemory, LP64);
        params.periodStep(1);
        params.availMin(bufferSize);
        params.startThreshold(startThreshold);
        params.stopThreshold(bufferSize);
        return call(PcmIoctl.SW_PARAMS, paramsMemory);
    }

    @Override
    public int prepare() {
        return call(PcmIoctl.PREPARE);
    }

    @Override
    public int start() {
        return call(PcmIoctl.START);
    }

    @Override
    public int drop() {
        return call(PcmIoctl.DROP);
    }

    /** Whether it waits says the descriptor's flag of that moment. */
    @Override
    public int drain(boolean wait) {
        try {
            int flags = fd.getFlags();
            fd.setFlags(wait ? flags & ~Fd.O_NONBLOCK : flags | Fd.O_NONBLOCK);
        } catch (ErrnoException e) {
            return -e.value();
        }
        return call(PcmIoctl.DRAIN);
    }

    @Override
    public int sync() {
        if (state == PcmState.DISCONNECTED) {
            return Errno.ENODEV.negated();
        }
        syncPtr.clear();
        syncPtr.flags(SyncPtrFlag.HWSYNC | SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN);
        int answer = call(PcmIoctl.SYNC_PTR, syncMemory);
        if (answer < 0 && state != PcmState.DISCONNECTED) {
            // an xrun, or not running: then there is nothing to bring up to date
            syncPtr.flags(SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN);
            answer = call(PcmIoctl.SYNC_PTR, syncMemory);
        }
        if (answer >= 0) {
            state = Objects.requireNonNullElse(PcmState.of(syncPtr.state()), PcmState.OPEN);
            hwPtr = syncPtr.hwPtr();
        }
        return answer;
    }

    @Override
    public PcmState state() {
        return state;
    }

    @Override
    public long hwPtr() {
        return hwPtr;
    }

    @Override
    public long transfer(RingView ring, long offsetFrames, long frames) {
        xfer.result(0);
        xfer.buf(ring.memory().address() + ring.params().bytes(offsetFrames));
        xfer.frames(frames);
        int answer = call(capture ? PcmIoctl.READI_FRAMES : PcmIoctl.WRITEI_FRAMES, xferMemory);
        return answer < 0 ? answer : xfer.result();
    }

    @Override
    public void close() {
        if (fd.isOpen()) {
            fd.close();
            arena.close();
        }
    }
}
