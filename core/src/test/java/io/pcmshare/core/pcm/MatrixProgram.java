package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.MmapOffset;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmChannelInfo;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.SwParams;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.XferI;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The recording program {@code pcm-matrix}, in Java on our core: brings a fresh file to a state,
 * does one operation, prints its cell.
 */
final class MatrixProgram {
    private static final long PERIOD = 1000;
    private static final long BUFFER = 8000;
    private static final long HALF = 4000;
    private static final long ARGUMENT = TestCaller.BASE;
    private static final long SAMPLES = TestCaller.BASE + 8192;
    private static final int FD = 3;
    private static final int FD2 = 4;
    private static final long UNTOUCHED = -7777;
    private static final long WAITED_NANOS = 150_000_000L;

    private final TestCard test;
    private final TestCaller caller;
    private final DataModel model;
    private final PcmFile file;
    private final PcmFile second;
    private final boolean capture;
    private final boolean mapped;
    private final boolean blocking;
    private final MemorySegment argument;
    private String extra = "";

    /**
     * How a table was recorded.
     *
     * @param model of the program
     * @param pausing whether the device can pause: snd-aloop, but not snd-dummy
     */
    record Setting(
            DataModel model, boolean pausing, boolean capture, boolean mapped, boolean blocking) {}

    MatrixProgram(Setting setting) {
        model = setting.model();
        capture = setting.capture();
        mapped = setting.mapped();
        blocking = setting.blocking();
        test = new TestCard(8, setting.pausing() ? PcmInfoFlag.PAUSE : 0);
        caller = new TestCaller(model != DataModel.LP64);
        argument = caller.memory;
        PcmStream stream = capture ? PcmStream.CAPTURE : PcmStream.PLAYBACK;
        OpenFlags flags = OpenFlags.RDWR.withNonblock(!blocking);
        file = test.open(stream, flags, PcmDevice.ANY_SUBDEVICE);
        second = test.open(stream, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        caller.install(FD, file);
        caller.install(FD2, second);
    }

    /** The cell of an operation in a state; {@code null} where the state cannot be reached. */
    static @Nullable String cell(Setting setting, String state, String operation) {
        MatrixProgram program = new MatrixProgram(setting);
        return program.reach(state) < 0 ? null : program.measure(operation);
    }

    private String measure(String operation) {
        PcmState before = file.state();
        long answer = caller.await(operate(operation), test.card, test.clock);
        boolean waited = caller.waitedNanos() > WAITED_NANOS;
        finishExtra(operation);
        PcmState after = file.state();
        String text = answer < 0 ? Errno.nameOf((int) -answer) : Long.toString(answer);
        return text + extra + (waited ? "~" : "") + (after == before ? "" : "->" + after);
    }

    private long reach(String state) {
        if (state.equals("OPEN")) {
            return 0;
        }
        long answer = hwParams(2);
        if (answer < 0 || state.equals("SETUP")) {
            return answer;
        }
        answer = io(PcmIoctl.PREPARE, 0);
        if (answer < 0 || state.equals("PREPARED")) {
            return answer;
        }
        if (state.equals("PREPARED+")) {
            answer =
                    swParams(Long.MAX_VALUE >>> (model == DataModel.LP64 ? 0 : 32), PERIOD, BUFFER);
            return answer < 0 || capture ? -1 : feed();
        }
        if (!capture) {
            feed();
        }
        if (file.state() != PcmState.RUNNING && io(PcmIoctl.START, 0) < 0) {
            return -1;
        }
        while (capture && file.hwPtr() < PERIOD) {
            test.clock.advance(20_000_000L);
            io(PcmIoctl.HWSYNC, 0);
        }
        return switch (state) {
            case "RUNNING" -> 0;
            case "XRUN" -> io(PcmIoctl.XRUN, 0);
            case "DRAINING" -> startDrain();
            case "PAUSED" -> io(PcmIoctl.PAUSE, 1);
            case "SUSPENDED" -> test.card.suspend() - 1;
            default -> throw new AssertionError(state);
        };
    }

    private long startDrain() {
        file.nonblock(true);
        io(PcmIoctl.DRAIN, 0);
        file.nonblock(!blocking);
        return file.state() == PcmState.DRAINING ? 0 : -1;
    }

    private long applPtr() {
        return file.substream().runtime().applPtr();
    }

    private long feed() {
        if (mapped) {
            return sync(0, applPtr() + HALF, PERIOD);
        }
        return caller.await(transfer(PcmIoctl.WRITEI_FRAMES, HALF, SAMPLES), test.card, test.clock);
    }

    private long io(PcmIoctl ioctl, long value) {
        return file.ioctl(ioctl.request(model), value, caller);
    }

    private long ioInt(PcmIoctl ioctl, int value) {
        argument.set(ValueLayout.JAVA_INT, 0, value);
        return io(ioctl, ARGUMENT);
    }

    private long operate(String operation) {
        return switch (operation) {
            case "PVERSION" -> io(PcmIoctl.PVERSION, ARGUMENT);
            case "INFO" -> io(PcmIoctl.INFO, ARGUMENT);
            case "TSTAMP(1)" -> ioInt(PcmIoctl.TSTAMP, 1);
            case "TTSTAMP(1)" -> ioInt(PcmIoctl.TTSTAMP, 1);
            case "TTSTAMP(9)" -> ioInt(PcmIoctl.TTSTAMP, 9);
            case "USER_PVERSION" -> ioInt(PcmIoctl.USER_PVERSION, 0x2000f);
            case "ANONYMOUS_DUP(7)" -> ioInt(PcmIoctl.ANONYMOUS_DUP, 7);
            case "HW_REFINE any" -> refine(null);
            case "HW_REFINE 4000ch" -> refine(4000);
            case "HW_PARAMS same" -> hwParams(2);
            case "HW_PARAMS 4000ch" -> hwParamsBad();
            case "HW_FREE" -> io(PcmIoctl.HW_FREE, 0);
            case "SW_PARAMS" -> swParams(1, PERIOD, BUFFER);
            case "SW_PARAMS avail_min=0" -> swParams(1, 0, BUFFER);
            case "SW_PARAMS stop_thr=1" -> swParams(1, PERIOD, 1);
            case "STATUS" -> io(PcmIoctl.STATUS, ARGUMENT);
            case "STATUS_EXT" -> io(PcmIoctl.STATUS_EXT, ARGUMENT);
            case "DELAY" -> io(PcmIoctl.DELAY, ARGUMENT);
            case "HWSYNC" -> io(PcmIoctl.HWSYNC, 0);
            case "SYNC_PTR get" -> sync(SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN, 0, 0);
            case "SYNC_PTR hwsync" ->
                    sync(SyncPtrFlag.HWSYNC | SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN, 0, 0);
            case "SYNC_PTR appl+10" -> sync(0, applPtr() + 10, 1);
            case "SYNC_PTR appl=LONG_MAX" ->
                    sync(0, model == DataModel.LP64 ? Long.MAX_VALUE : Integer.MAX_VALUE, 1);
            case "CHANNEL_INFO 1" -> channelInfo(1);
            case "CHANNEL_INFO 9" -> channelInfo(9);
            case "PREPARE" -> io(PcmIoctl.PREPARE, 0);
            case "RESET" -> io(PcmIoctl.RESET, 0);
            case "START" -> io(PcmIoctl.START, 0);
            case "DROP" -> io(PcmIoctl.DROP, 0);
            case "DRAIN" -> io(PcmIoctl.DRAIN, 0);
            case "PAUSE(1)" -> io(PcmIoctl.PAUSE, 1);
            case "PAUSE(0)" -> io(PcmIoctl.PAUSE, 0);
            case "REWIND 0" -> move(PcmIoctl.REWIND, 0);
            case "REWIND 10" -> move(PcmIoctl.REWIND, 10);
            case "REWIND 100000" -> move(PcmIoctl.REWIND, 100_000);
            case "FORWARD 10" -> move(PcmIoctl.FORWARD, 10);
            case "FORWARD 100000" -> move(PcmIoctl.FORWARD, 100_000);
            case "RESUME" -> io(PcmIoctl.RESUME, 0);
            case "XRUN" -> io(PcmIoctl.XRUN, 0);
            case "LINK self" -> io(PcmIoctl.LINK, FD);
            case "LINK one in OPEN" -> io(PcmIoctl.LINK, FD2);
            case "LINK -1" -> io(PcmIoctl.LINK, -1);
            case "LINK not-a-pcm" -> io(PcmIoctl.LINK, 2);
            case "UNLINK" -> io(PcmIoctl.UNLINK, 0);
            default -> operateOnSamples(operation);
        };
    }

    private long operateOnSamples(String operation) {
        return switch (operation) {
            case "WRITEI 0" -> transfer(PcmIoctl.WRITEI_FRAMES, 0, SAMPLES);
            case "WRITEI 100" -> transfer(PcmIoctl.WRITEI_FRAMES, 100, SAMPLES);
            case "WRITEI 9000" -> transfer(PcmIoctl.WRITEI_FRAMES, 9000, SAMPLES);
            case "READI 0" -> transfer(PcmIoctl.READI_FRAMES, 0, SAMPLES);
            case "READI 100" -> transfer(PcmIoctl.READI_FRAMES, 100, SAMPLES);
            case "READI 4000" -> transfer(PcmIoctl.READI_FRAMES, 4000, SAMPLES);
            case "WRITEN 100" -> transfer(PcmIoctl.WRITEN_FRAMES, 100, SAMPLES);
            case "READN 100" -> transfer(PcmIoctl.READN_FRAMES, 100, SAMPLES);
            case "write(400)" -> file.write(SAMPLES, 400, caller);
            case "write(401)" -> file.write(SAMPLES, 401, caller);
            case "read(400)" -> file.read(SAMPLES, 400, caller);
            case "read(401)" -> file.read(SAMPLES, 401, caller);
            case "poll(0)" -> poll();
            case "mmap data" -> map(0, PcmMmap.PROT_READ | PcmMmap.PROT_WRITE);
            case "mmap status old" -> map(MmapOffset.STATUS_OLD, PcmMmap.PROT_READ);
            case "mmap status new" -> map(MmapOffset.STATUS_NEW, PcmMmap.PROT_READ);
            case "mmap control old" ->
                    map(MmapOffset.CONTROL_OLD, PcmMmap.PROT_READ | PcmMmap.PROT_WRITE);
            case "mmap control new" ->
                    map(MmapOffset.CONTROL_NEW, PcmMmap.PROT_READ | PcmMmap.PROT_WRITE);
            case "'A' 0x7f" -> file.ioctl(0x417f, 0, caller);
            case "'B' 0x00" -> file.ioctl(0x4200, 0, caller);
            case "STATUS bad ptr" -> io(PcmIoctl.STATUS, 16);
            case "HW_PARAMS bad ptr" -> io(PcmIoctl.HW_PARAMS, 16);
            case "WRITEI/READI bad buf" -> badBuffer();
            default -> throw new AssertionError(operation);
        };
    }

    private long refine(@Nullable Integer channels) {
        HwParamSpace space = new HwParamSpace();
        if (channels != null) {
            space.set(HwParam.CHANNELS, channels);
        }
        space.write(new HwParams(argument, model));
        return io(PcmIoctl.HW_REFINE, ARGUMENT);
    }

    private long hwParams(int channels) {
        PcmAccess access = mapped ? PcmAccess.MMAP_INTERLEAVED : PcmAccess.RW_INTERLEAVED;
        HwParamSpace space = TestCard.params(access, PERIOD, BUFFER);
        space.set(HwParam.CHANNELS, channels);
        space.write(new HwParams(argument, model));
        return io(PcmIoctl.HW_PARAMS, ARGUMENT);
    }

    private long hwParamsBad() {
        HwParamSpace space = new HwParamSpace();
        space.set(HwParam.CHANNELS, 4000);
        space.write(new HwParams(argument, model));
        return io(PcmIoctl.HW_PARAMS, ARGUMENT);
    }

    private long swParams(long startThreshold, long availMin, long stopThreshold) {
        SwParams params = new SwParams(argument, model);
        params.clear();
        params.periodStep(1);
        params.availMin(availMin);
        params.xferAlign(1);
        params.startThreshold(startThreshold);
        params.stopThreshold(stopThreshold);
        return io(PcmIoctl.SW_PARAMS, ARGUMENT);
    }

    private long sync(int flags, long applPtr, long availMin) {
        SyncPtr sync = new SyncPtr(argument, model);
        sync.clear();
        sync.flags(flags);
        sync.applPtr(applPtr);
        sync.availMin(availMin);
        return io(PcmIoctl.SYNC_PTR, ARGUMENT);
    }

    private long channelInfo(int channel) {
        PcmChannelInfo info = new PcmChannelInfo(argument, model);
        info.clear();
        info.channel(channel);
        long answer = io(PcmIoctl.CHANNEL_INFO, ARGUMENT);
        if (answer == 0) {
            extra = "(off" + info.offset() + ",first" + info.first() + ",step" + info.step() + ")";
        }
        return answer;
    }

    private long move(PcmIoctl ioctl, long frames) {
        word(0, frames);
        long answer = io(ioctl, ARGUMENT);
        extra = "(frames=" + word() + ")";
        return answer;
    }

    private long transfer(PcmIoctl ioctl, long frames, long buffer) {
        XferI xfer = new XferI(argument, model);
        xfer.result(UNTOUCHED);
        xfer.buf(buffer);
        xfer.frames(frames);
        return io(ioctl, ARGUMENT);
    }

    private long badBuffer() {
        XferI xfer = new XferI(argument, model);
        xfer.result(0);
        xfer.buf(16);
        xfer.frames(100);
        return io(capture ? PcmIoctl.READI_FRAMES : PcmIoctl.WRITEI_FRAMES, ARGUMENT);
    }

    /** What a transfer left in its struct is only known when it is over. */
    private void finishExtra(String operation) {
        if (operation.contains("WRITEI")
                || operation.contains("READI")
                || operation.startsWith("WRITEN")
                || operation.startsWith("READN")) {
            extra = "(result=" + word() + ")";
        }
    }

    private long poll() {
        int events = file.pollEvents();
        extra = events == 0 ? "(0)" : "(0x" + Integer.toHexString(events) + ")";
        return events == 0 ? 0 : 1;
    }

    private long map(long offset, int prot) {
        return PcmMmap.check(file, offset, RegionSource.PAGE_BYTES, prot);
    }

    private void word(long offset, long value) {
        if (model == DataModel.LP64) {
            argument.set(ValueLayout.JAVA_LONG, offset, value);
        } else {
            argument.set(ValueLayout.JAVA_INT, offset, (int) value);
        }
    }

    private long word() {
        return model == DataModel.LP64
                ? argument.get(ValueLayout.JAVA_LONG, 0)
                : argument.get(ValueLayout.JAVA_INT, 0);
    }
}
