package io.pcmshare.run.file;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.MmapOffset;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmMmap;
import io.pcmshare.core.pcm.PcmPoll;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.run.file.ReadyPipe.Show;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.KernelLocks;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.ProcTask;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** An open PCM device, or an anonymous dup of one that may do everything. Owns the core's file. */
public final class PcmSound extends PipeFile {
    /** The kernel's {@code _IOC_NR}: the request without direction and size. */
    private static final int NUMBER_AND_TYPE = 0xffff;

    private static final int PREPARE = PcmIoctl.PREPARE.nr() | (PcmIoctl.TYPE << Byte.SIZE);
    private static final int DRAIN = PcmIoctl.DRAIN.nr() | (PcmIoctl.TYPE << Byte.SIZE);
    private static final int HW_PARAMS = PcmIoctl.HW_PARAMS.nr() | (PcmIoctl.TYPE << Byte.SIZE);
    private static final int HW_FREE = PcmIoctl.HW_FREE.nr() | (PcmIoctl.TYPE << Byte.SIZE);

    private final PcmFile file;
    private final StreamFiles stream;
    private final PcmSetup setup;
    private final Permissions permissions;
    private final Set<PcmIoctl> told = EnumSet.noneOf(PcmIoctl.class);
    private final Set<Integer> processes = new HashSet<>(2);
    private int parked;
    private boolean revoked;

    /** Wraps a file that may do everything, and owns it from now on. */
    public PcmSound(
            Opened opened, ReadyPipe pipe, PcmFile file, StreamFiles stream, PcmSetup setup) {
        this(opened, pipe, file, stream, setup, setup.ledger().permissions());
    }

    private PcmSound(
            Opened opened,
            ReadyPipe pipe,
            PcmFile file,
            StreamFiles stream,
            PcmSetup setup,
            Permissions permissions) {
        super(opened, pipe);
        this.file = file;
        this.stream = stream;
        this.setup = setup;
        this.permissions = permissions;
        stream.add(this);
    }

    /** Another open file of the same substream, which may do this and no more. */
    PcmSound sibling(Opened dup, ReadyPipe dupPipe, PcmFile dupFile, Permissions granted) {
        return new PcmSound(dup, dupPipe, dupFile, stream, setup, permissions.and(granted));
    }

    /** What it may do. */
    public Permissions permissions() {
        return permissions;
    }

    /** What programs are given, and who is told. */
    Ledger ledger() {
        return setup.ledger();
    }

    /** The core's file. */
    public PcmFile file() {
        return file;
    }

    /** The open files of its substream. */
    public StreamFiles stream() {
        return stream;
    }

    @Override
    public long ioctl(FileCaller caller, int request, long argument) {
        if (revoked) {
            return Errno.ENODEV.negated();
        }
        stream.called(this);
        int number = request & NUMBER_AND_TYPE;
        if (number == PREPARE || number == DRAIN) {
            takeFlags(caller); // the kernel looks at the flags of this moment
        } else if (number == HW_PARAMS || number == HW_FREE) {
            stream.lookForMappings(file.memory(), caller.holdsPutBackMemory());
        }
        stream.syncCopies();
        PcmProgram program = new PcmProgram(this, caller, argument);
        long answer = file.ioctl(request, argument, program);
        if (answer == Errno.ENOTTY.negated()) {
            refused(caller, request);
        }
        return finish(answer);
    }

    /** A call that it may not make; said once, since some programs try for ever. */
    private void refused(FileCaller caller, int request) {
        DataModel model = caller.is32Bit() ? DataModel.ILP32 : DataModel.LP64;
        PcmIoctl ioctl = PcmIoctl.of(request, model);
        if (ioctl != null && !permissions.has(Right.valueOf(ioctl.name())) && told.add(ioctl)) {
            setup.ledger().refused(this, permissions, ioctl.name() + " " + Errno.ENOTTY.name());
        }
    }

    @Override
    void firstCallBy(int thread) {
        int pid = ProcTask.processOf(thread);
        if (pid != opened().pid() && processes.add(pid)) {
            setup.ledger().usedBy(this, pid);
        }
    }

    private long finish(long answer) {
        stream.syncCopies();
        stream.changed();
        return answer;
    }

    private void takeFlags(FileCaller caller) {
        int flags = caller.descriptorFlags();
        if (flags >= 0) {
            file.nonblock((flags & Fd.O_NONBLOCK) != 0);
        }
    }

    @Override
    public long read(FileCaller caller, long address, long bytes) {
        stream.syncCopies();
        return finish(file.read(address, bytes, new PcmProgram(this, caller, address)));
    }

    @Override
    public long write(FileCaller caller, long address, long bytes) {
        stream.syncCopies();
        return finish(file.write(address, bytes, new PcmProgram(this, caller, address)));
    }

    @Override
    public long vector(FileCaller caller) {
        // a part for each channel, which no device here is laid out in
        return Errno.EINVAL.negated();
    }

    /** A call of this file waits: a transfer or a drain. */
    FileCaller.Resumable parked(FileCaller caller, BlockingCall call) {
        parked++;
        FileCaller.Resumable waiting = new Parked(call);
        caller.park(waiting);
        return waiting;
    }

    @Override
    public MapAnswer mmap(MapRequest request) {
        if (revoked) {
            return new MapAnswer.Refused(Errno.ENODEV.negated());
        }
        int answer = PcmMmap.check(file, request.offset(), request.length(), request.prot());
        if (answer < 0) {
            return new MapAnswer.Refused(answer);
        }
        RegionSource.Kind kind = PcmMmap.kindOf(request.offset());
        if (!mayMap(kind, request.prot())) {
            setup.ledger().refused(this, permissions, "mmap " + kind + " " + Errno.EPERM.name());
            return new MapAnswer.Refused(Errno.EPERM.negated());
        }
        if (kind != RegionSource.Kind.DATA && !setup.pages()) {
            return new MapAnswer.Refused(Errno.ENXIO.negated());
        }
        try {
            return new MapAnswer.Granted(openForMapping(kind, request.offset()));
        } catch (IOException e) {
            return new MapAnswer.Refused(errnoOf(e));
        }
    }

    private boolean mayMap(RegionSource.Kind kind, int prot) {
        return switch (kind) {
            case DATA ->
                    ((prot & Mapping.PROT_READ) == 0 || permissions.has(Right.MAP_BUFFER_READ))
                            && ((prot & Mapping.PROT_WRITE) == 0
                                    || permissions.has(Right.MAP_BUFFER_WRITE));
            case STATUS -> permissions.has(Right.MAP_STATUS);
            case CONTROL -> permissions.has(Right.MAP_CONTROL);
        };
    }

    private Fd openForMapping(RegionSource.Kind kind, long offset) throws IOException {
        StreamRegions regions = file.memory().regions();
        Region region =
                switch (kind) {
                    case DATA -> regions.data();
                    case STATUS -> regions.status();
                    case CONTROL -> regions.control();
                };
        if (!(region instanceof SharedRegion shared)) {
            throw new IOException("offset=" + offset + " has no memory of its own");
        }
        boolean readOnly =
                kind == RegionSource.Kind.DATA && !permissions.has(Right.MAP_BUFFER_WRITE);
        // not by the flags of the mapping alone: mprotect() could widen those
        int flags = readOnly ? Fd.O_RDONLY : opened().openFlags();
        Fd memory = Swaps.open(shared.borrowFd(), flags);
        switch (kind) {
            case DATA -> stream.ringMapped(file.memory(), shared);
            case CONTROL -> setup.glances().add(this);
            case STATUS -> {
                // the core writes it, whether somebody looks or not
            }
        }
        if (offset == MmapOffset.STATUS_NEW || offset == MmapOffset.CONTROL_NEW) {
            stream.useCopies();
            stream.syncCopies();
        }
        return memory;
    }

    @Override
    Show readiness() {
        int events = file.pollEvents();
        boolean ready = (events & (PcmPoll.POLLIN | PcmPoll.POLLOUT)) != 0;
        if ((events & PcmPoll.POLLERR) != 0) {
            return ready ? Show.READY_ERROR : Show.ERROR;
        }
        return ready ? Show.READY : Show.WAIT;
    }

    /** Whether poll(2) says ready and no error. */
    boolean isShownReady() {
        return isShown(Show.READY);
    }

    /**
     * While a thread waits in a call on it nobody is told of each period: the call takes the frames
     * before any poll could see them.
     */
    @Override
    public boolean refresh() {
        boolean wakes = parked == 0 && show(readiness());
        if (wakes && isShownReady() && file.state() == PcmState.RUNNING) {
            stream.ready();
        }
        return wakes;
    }

    @Override
    boolean isKnownGone() {
        return super.isKnownGone() && !stream.mayBeMapped();
    }

    @Override
    boolean isGone(KernelLocks locks) {
        return super.isGone(locks) && !stream.isRingMapped();
    }

    @Override
    boolean isWatched() {
        return super.isWatched() && !stream.mayBeMapped();
    }

    /** Takes it from its program: its calls answer {@code ENODEV} from now on. */
    public void revoke() {
        if (!revoked) {
            revoked = true;
            // the substream may be another's from now on
            stream.remove(this);
            setup.ledger().revoked(this);
            file.revoke();
            var _ = refresh();
        }
    }

    @Override
    void releaseFile() {
        if (revoked) {
            return;
        }
        stream.remove(this);
        setup.ledger().released(opened(), file.substream(), permissions);
        file.close();
    }

    /** A transfer or a drain that waits. */
    private final class Parked implements FileCaller.Resumable {
        private final BlockingCall call;

        Parked(BlockingCall call) {
            this.call = call;
        }

        @Override
        public long run() {
            stream.syncCopies();
            long answer = call.run();
            if (answer != FileCaller.PENDING) {
                parked--;
                call.release();
                if (file.state() == PcmState.RUNNING) {
                    stream.ready();
                }
            }
            return finish(answer);
        }

        @Override
        public long interrupt() {
            parked--;
            long answer = call.interrupt();
            call.release();
            return finish(answer);
        }
    }
}
