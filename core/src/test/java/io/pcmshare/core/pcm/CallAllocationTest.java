package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.XferI;
import io.pcmshare.abi.XferN;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.testkit.Allocations;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.ValueLayout;

/** The ioctls of a program that plays and records allocate nothing, whatever its data model. */
final class CallAllocationTest {
    private static final int CYCLES = 3_000;
    private static final long PERIOD = 1000;
    private static final long SAMPLES = TestCaller.BASE + 65536;

    private final TestCard card =
            new TestCard(2, PcmInfoFlag.INTERLEAVED | PcmInfoFlag.NONINTERLEAVED);

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void aPeriodOfAPlayerAllocatesNothing(DataModel model) {
        Program program = new Program(model, PcmStream.PLAYBACK, PcmAccess.RW_INTERLEAVED, true);

        assertThat(bytesOf(program)).as("bytes in %s periods", CYCLES).isZero();
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void aPeriodOfARecorderAllocatesNothing(DataModel model) {
        Program program = new Program(model, PcmStream.CAPTURE, PcmAccess.RW_INTERLEAVED, true);

        assertThat(bytesOf(program)).as("bytes in %s periods", CYCLES).isZero();
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void channelsThatLieApartAllocateNothing(DataModel model) {
        Program program = new Program(model, PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED, true);

        assertThat(bytesOf(program)).as("bytes in %s periods", CYCLES).isZero();
    }

    /** Every period waits once; the front end says when it has forgotten the call. */
    @ParameterizedTest
    @EnumSource(DataModel.class)
    void aCallThatWaitsAllocatesNothingOnceReleased(DataModel model) {
        Program program = new Program(model, PcmStream.PLAYBACK, PcmAccess.RW_INTERLEAVED, false);

        assertThat(bytesOf(program)).as("bytes in %s periods", CYCLES).isZero();
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void refinementAllocatesNothing(DataModel model) {
        TestCaller caller = new TestCaller(model != DataModel.LP64);
        PcmFile file = card.open(PcmStream.PLAYBACK);
        HwParams params = new HwParams(caller.memory, model);
        HwParamSpace any = new HwParamSpace();
        int hwRefine = PcmIoctl.HW_REFINE.request(model);

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            for (int i = 0; i < CYCLES; i++) {
                                any.write(params);
                                TestCard.check(file.ioctl(hwRefine, TestCaller.BASE, caller));
                            }
                        });

        assertThat(params.intervalMax(HwParam.RATE)).isEqualTo(48000);
        assertThat(bytes).as("bytes in %s refinements", CYCLES).isZero();
    }

    private long bytesOf(Program program) {
        return Allocations.bytesOnceWarm(() -> program.periods(CYCLES));
    }

    /** A program that plays or records and looks at everything there is to look at. */
    private final class Program {
        private final DataModel model;
        private final OneCallCaller caller;
        private final PcmFile file;
        private final SyncPtr sync;
        private final XferI xferI;
        private final XferN xferN;
        private final boolean perChannel;
        private final boolean nonblock;

        Program(DataModel model, PcmStream stream, PcmAccess access, boolean nonblock) {
            this.model = model;
            this.nonblock = nonblock;
            caller = new OneCallCaller(model != DataModel.LP64);
            perChannel = access == PcmAccess.RW_NONINTERLEAVED;
            OpenFlags flags = OpenFlags.RDWR.withNonblock(nonblock);
            file = card.open(stream, flags, PcmDevice.ANY_SUBDEVICE);
            TestCard.check(file.hwParams(TestCard.params(access, PERIOD, 8 * PERIOD)));
            TestCard.check(file.swParams(stamped(file.currentSwParams())));
            TestCard.check(file.prepare());
            sync = new SyncPtr(caller.memory(), model);
            xferI = new XferI(caller.memory(), model);
            xferN = new XferN(caller.memory(), model);
            long vector = 4096;
            for (int word = 0; word < 4; word++) {
                int address =
                        (int) SAMPLES * (word % (model.longBytes() / Integer.BYTES) == 0 ? 1 : 0);
                caller.memory().set(ValueLayout.JAVA_INT, vector + word * 4L, address);
            }
            if (stream == PcmStream.CAPTURE) {
                TestCard.check(file.start());
            } else {
                transfer(8 * PERIOD);
            }
        }

        private static SoftwareParams stamped(SoftwareParams params) {
            return new SoftwareParams(
                    TstampMode.ENABLE,
                    params.tstampType(),
                    params.periodStep(),
                    params.availMin(),
                    params.startThreshold(),
                    params.stopThreshold(),
                    params.silenceThreshold(),
                    params.silenceSize());
        }

        void periods(int count) {
            for (int i = 0; i < count; i++) {
                if (nonblock) {
                    card.pass(PERIOD);
                    TestCard.check(io(PcmIoctl.HWSYNC, 0));
                    sync.flags(SyncPtrFlag.HWSYNC | SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN);
                    TestCard.check(io(PcmIoctl.SYNC_PTR, TestCaller.BASE));
                    TestCard.check(io(PcmIoctl.DELAY, TestCaller.BASE));
                    TestCard.check(io(PcmIoctl.STATUS, TestCaller.BASE));
                    TestCard.check(io(PcmIoctl.STATUS_EXT, TestCaller.BASE));
                    transfer(PERIOD);
                } else {
                    transferAndWait();
                }
                card.card.tick();
            }
            if (file.state() != PcmState.RUNNING) {
                throw new AssertionError(file.state());
            }
        }

        private void transferAndWait() {
            long answer = transfer(PERIOD);
            if (answer != BlockingCall.PENDING) {
                throw new AssertionError("answer=" + answer);
            }
            card.pass(PERIOD);
            card.card.tick();
            TestCard.check(caller.finish());
        }

        private long transfer(long frames) {
            if (perChannel) {
                xferN.bufs(TestCaller.BASE + 4096);
                xferN.frames(frames);
            } else {
                xferI.buf(SAMPLES);
                xferI.frames(frames);
            }
            boolean write = !file.substream().isCapture();
            PcmIoctl whole = write ? PcmIoctl.WRITEI_FRAMES : PcmIoctl.READI_FRAMES;
            PcmIoctl apart = write ? PcmIoctl.WRITEN_FRAMES : PcmIoctl.READN_FRAMES;
            long answer = io(perChannel ? apart : whole, TestCaller.BASE);
            if (answer != BlockingCall.PENDING) {
                TestCard.check(answer);
            }
            return answer;
        }

        private long io(PcmIoctl ioctl, long argument) {
            return file.ioctl(ioctl.request(model), argument, caller);
        }
    }
}
