package io.pcmshare.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Views of structs that ioctls copy: they lie on any memory, here on unaligned bytes. */
final class StructViewsTest {
    /** The highest bit of a 32-bit word, so that a wrong widening shows. */
    private static final long HIGH = 0x8000_0001L;

    private static final long NANOS = 1_700_000_000_123_456_789L;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[512]).asSlice(1);

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void swParamsReadBackWithFramesWidenedByZeros(DataModel model) {
        SwParams params = new SwParams(memory, model);

        params.tstampMode(TstampMode.ENABLE.code());
        params.periodStep(1);
        params.sleepMin(2);
        params.availMin(HIGH);
        params.xferAlign(HIGH + 1);
        params.startThreshold(HIGH + 2);
        params.stopThreshold(HIGH + 3);
        params.silenceThreshold(HIGH + 4);
        params.silenceSize(HIGH + 5);
        params.boundary(HIGH + 6);
        params.proto(ProtocolVersion.PCM);
        params.tstampType(TstampType.MONOTONIC_RAW.code());

        assertThat(params.tstampMode()).isEqualTo(1);
        assertThat(params.periodStep()).isEqualTo(1);
        assertThat(params.sleepMin()).isEqualTo(2);
        assertThat(params.availMin()).isEqualTo(HIGH);
        assertThat(params.xferAlign()).isEqualTo(HIGH + 1);
        assertThat(params.startThreshold()).isEqualTo(HIGH + 2);
        assertThat(params.stopThreshold()).isEqualTo(HIGH + 3);
        assertThat(params.silenceThreshold()).isEqualTo(HIGH + 4);
        assertThat(params.silenceSize()).isEqualTo(HIGH + 5);
        assertThat(params.boundary()).isEqualTo(HIGH + 6);
        assertThat(params.proto()).isEqualTo(0x2000f);
        assertThat(params.tstampType()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theStatusReadsBackWithTheDelaySigned(DataModel model) {
        PcmStatus status = new PcmStatus(memory, model);

        status.state(PcmState.RUNNING.code());
        status.applPtr(HIGH);
        status.hwPtr(HIGH + 1);
        status.delay(-5);
        status.avail(HIGH + 2);
        status.availMax(HIGH + 3);
        status.overrange(HIGH + 4);
        status.suspendedState(7);
        status.audioTstampData(8);
        status.audioTstampAccuracy(9);

        assertThat(status.state()).isEqualTo(3);
        assertThat(status.applPtr()).isEqualTo(HIGH);
        assertThat(status.hwPtr()).isEqualTo(HIGH + 1);
        assertThat(status.delay()).isEqualTo(-5);
        assertThat(status.avail()).isEqualTo(HIGH + 2);
        assertThat(status.availMax()).isEqualTo(HIGH + 3);
        assertThat(status.overrange()).isEqualTo(HIGH + 4);
        assertThat(status.suspendedState()).isEqualTo(7);
        assertThat(status.audioTstampData()).isEqualTo(8);
        assertThat(status.audioTstampAccuracy()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void theFourTimesOfAStatusAreApart(DataModel model) {
        PcmStatus status = new PcmStatus(memory, model);

        status.triggerTstampNanos(NANOS);
        status.tstampNanos(NANOS + 1);
        status.audioTstampNanos(NANOS + 2);
        status.driverTstamp(12, 34);

        assertThat(status.triggerTstampNanos()).isEqualTo(NANOS);
        assertThat(status.tstampNanos()).isEqualTo(NANOS + 1);
        assertThat(status.audioTstampNanos()).isEqualTo(NANOS + 2);
        assertThat(status.driverTstampNanos()).isEqualTo(12_000_000_034L);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void syncPtrReadsBack(DataModel model) {
        SyncPtr sync = new SyncPtr(memory, model);

        sync.flags(SyncPtrFlag.HWSYNC | SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN);
        sync.state(PcmState.PAUSED.code());
        sync.hwPtr(HIGH);
        sync.tstampNanos(NANOS);
        sync.suspendedState(3);
        sync.audioTstamp(1, 2);
        sync.applPtr(HIGH + 1);
        sync.availMin(HIGH + 2);

        assertThat(sync.flags()).isEqualTo(7);
        assertThat(sync.state()).isEqualTo(6);
        assertThat(sync.hwPtr()).isEqualTo(HIGH);
        assertThat(sync.tstampNanos()).isEqualTo(NANOS);
        assertThat(sync.suspendedState()).isEqualTo(3);
        assertThat(sync.audioTstampNanos()).isEqualTo(1_000_000_002L);
        assertThat(sync.applPtr()).isEqualTo(HIGH + 1);
        assertThat(sync.availMin()).isEqualTo(HIGH + 2);
    }

    @Test
    void availMinOfA32BitProgramWithA64BitTimeLiesWhereTheSlipOfTheHeaderPutsIt() {
        SyncPtr sync = new SyncPtr(memory, DataModel.ILP32_TIME64);

        sync.availMin(5);

        // sound/asound.h, i386 with _TIME_BITS=64: c at 72, avail_min 4 bytes into it.
        assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 76)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void transfersReadBackWithTheResultSigned(DataModel model) {
        XferI interleaved = new XferI(memory, model);
        XferN separate = new XferN(memory.asSlice(64), model);

        interleaved.result(-32);
        interleaved.buf(HIGH);
        interleaved.frames(HIGH + 1);
        separate.result(-77);
        separate.bufs(HIGH + 2);
        separate.frames(HIGH + 3);

        assertThat(interleaved.result()).isEqualTo(-32);
        assertThat(interleaved.buf()).isEqualTo(HIGH);
        assertThat(interleaved.frames()).isEqualTo(HIGH + 1);
        assertThat(separate.result()).isEqualTo(-77);
        assertThat(separate.bufs()).isEqualTo(HIGH + 2);
        assertThat(separate.frames()).isEqualTo(HIGH + 3);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void channelInfoReadsBack(DataModel model) {
        PcmChannelInfo info = new PcmChannelInfo(memory, model);

        info.channel(1);
        info.offset(4096);
        info.first(16);
        info.step(32);

        assertThat(info.channel()).isEqualTo(1);
        assertThat(info.offset()).isEqualTo(4096);
        assertThat(info.first()).isEqualTo(16);
        assertThat(info.step()).isEqualTo(32);
    }

    @Test
    void pcmInfoReadsBack() {
        PcmInfo info = new PcmInfo(memory);

        info.device(1);
        info.subdevice(2);
        info.stream(PcmStream.CAPTURE.code());
        info.card(-1);
        info.id("Dummy PCM");
        info.name("Dummy");
        info.subname("subdevice #0");
        info.devClass(3);
        info.devSubclass(4);
        info.subdevicesCount(8);
        info.subdevicesAvail(7);
        info.syncWord(3, 9);

        assertThat(info.device()).isEqualTo(1);
        assertThat(info.subdevice()).isEqualTo(2);
        assertThat(info.stream()).isEqualTo(1);
        assertThat(info.card()).isEqualTo(-1);
        assertThat(info.id()).isEqualTo("Dummy PCM");
        assertThat(info.name()).isEqualTo("Dummy");
        assertThat(info.subname()).isEqualTo("subdevice #0");
        assertThat(info.devClass()).isEqualTo(3);
        assertThat(info.devSubclass()).isEqualTo(4);
        assertThat(info.subdevicesCount()).isEqualTo(8);
        assertThat(info.subdevicesAvail()).isEqualTo(7);
        assertThat(info.syncWord(3)).isEqualTo(9);
    }

    @Test
    void aNameTooLongIsCutAndEndsInAZero() {
        PcmInfo info = new PcmInfo(memory);
        memory.fill((byte) 'x');

        info.subname("y".repeat(100));

        assertThat(info.subname()).isEqualTo("y".repeat(31));
        assertThat(info.devClass()).isEqualTo(0x78787878);
    }

    @Test
    void aNameWithoutAZeroEndsWithItsArray() {
        memory.fill((byte) 'x');

        assertThat(new PcmInfo(memory).id()).isEqualTo("x".repeat(64));
    }

    @Test
    void aShorterNameLeavesNothingOfTheLonger() {
        PcmInfo info = new PcmInfo(memory);
        info.name("a long name");

        info.name("short");

        byte[] name = memory.asSlice(80, 80).toArray(ValueLayout.JAVA_BYTE);
        assertThat(new String(name, StandardCharsets.US_ASCII))
                .isEqualTo("short" + "\0".repeat(75));
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void aTimeBeforeTheEpochHasItsNanosecondsAboveTheSecond(DataModel model) {
        Timespec time = new Timespec(memory, model);

        time.nanos(-1);

        assertThat(time.seconds()).isEqualTo(-1);
        assertThat(time.nanosOfSecond()).isEqualTo(999_999_999);
        assertThat(time.nanos()).isEqualTo(-1);
    }

    @Test
    void a64BitTimeOutlivesTheYear2038() {
        Timespec time = new Timespec(memory, DataModel.ILP32_TIME64);

        time.set(0x8000_0000L, 1);

        assertThat(time.seconds()).isEqualTo(0x8000_0000L);
        assertThat(time.nanosOfSecond()).isEqualTo(1);
    }
}
