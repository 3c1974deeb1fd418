package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.ctl.Gain;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.Silence;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.Samples;
import io.pcmshare.testkit.Allocations;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What the driver gets of what a client played, and a client of what the driver recorded. */
final class VolumeOpsTest {
    private static final int RATE = 48_000;

    /** 5 ms. */
    private static final int RAMP = 240;

    /** More than one piece of the scratch memory. */
    private static final int BUFFER = 5000;

    private static final int HALF = Gain.UNITY / 2;

    private int gain = Gain.UNITY;
    private final Driver driver = new Driver();

    /** Keeps what it gets; what it records is 0x40 in every byte. */
    private static final class Driver extends TimedOps {
        private final byte[] played = new byte[1 << 20];
        private int bytes;
        private @Nullable RingView last;

        Driver() {
            super(CardModels.of(CardKind.LOOPBACK));
        }

        @Override
        public void transfer(RingView ring, long offsetFrames, long frames) {
            last = ring;
            StreamParams params = ring.params();
            long at = params.bytes(offsetFrames);
            int length = (int) params.bytes(frames);
            if (params.stream() == PcmStream.CAPTURE) {
                ring.memory().asSlice(at, length).fill((byte) 0x40);
            } else {
                MemorySegment.copy(ring.memory(), ValueLayout.JAVA_BYTE, at, played, bytes, length);
                bytes += length;
            }
        }
    }

    static List<PcmFormat> formats() {
        return Arrays.stream(PcmFormat.values()).filter(Samples::areNumbers).toList();
    }

    private static RingView ring(PcmFormat format, PcmStream stream) {
        StreamParams params =
                new StreamParams(
                        stream, PcmAccess.MMAP_INTERLEAVED, format, 2, RATE, 500, BUFFER, false);
        byte[] noise = new byte[(int) params.bufferBytes()];
        new SplittableRandom(1).nextBytes(noise);
        return new RingView(MemorySegment.ofArray(noise), params);
    }

    private VolumeOps start(RingView ring) {
        boolean capture = ring.params().stream() == PcmStream.CAPTURE;
        VolumeOps ops = new VolumeOps(driver, channel -> gain, capture);
        Streams.check(ops.hwParams(ring.params()));
        Streams.check(ops.prepare(ring.params()));
        return ops;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void atFullVolumeTheDriverGetsTheRingItself(PcmFormat format) {
        RingView ring = ring(format, PcmStream.PLAYBACK);
        VolumeOps ops = start(ring);

        ops.transfer(ring, 7, BUFFER - 7);

        assertThat(driver.last).isSameAs(ring);
        ops.close();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void muteIsSilenceAndTheClientsRingStaysAsItIs(PcmFormat format) {
        gain = 0;
        RingView ring = ring(format, PcmStream.PLAYBACK);
        byte[] before = ring.memory().toArray(ValueLayout.JAVA_BYTE);
        VolumeOps ops = start(ring);

        ops.transfer(ring, 0, BUFFER);

        assertThat(driver.bytes).isEqualTo((int) ring.params().bufferBytes());
        MemorySegment heard = MemorySegment.ofArray(driver.played);
        assertThat(Silence.isSilent(heard, 0, driver.bytes, format)).isTrue();
        assertThat(ring.memory().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
        ops.close();
    }

    @Test
    void aChangeTakesFiveMillisecondsWithoutAJump() {
        RingView ring = ring(PcmFormat.S16_LE, PcmStream.PLAYBACK);
        for (int i = 0; i < 2 * BUFFER; i++) {
            ring.memory().setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) 10_000);
        }
        VolumeOps ops = start(ring);
        ops.transfer(ring, 0, 1000);
        gain = HALF;

        ops.transfer(ring, 1000, 1000);

        MemorySegment heard = MemorySegment.ofArray(driver.played);
        short[] left = new short[2000];
        for (int i = 0; i < left.length; i++) {
            left[i] = heard.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i);
        }
        assertThat(left[999]).isEqualTo((short) 10_000);
        for (int i = 1000; i < 1000 + RAMP; i++) {
            // 5000 in 240 steps
            assertThat(left[i - 1] - left[i]).isBetween(20, 22);
        }
        assertThat(left[1000 + RAMP - 1]).isEqualTo((short) 5000);
        assertThat(left[1999]).isEqualTo((short) 5000);
        ops.close();
    }

    @Test
    void aStreamBeginsWithTheVolumeOfNow() {
        gain = HALF;
        RingView ring = ring(PcmFormat.S16_LE, PcmStream.PLAYBACK);
        ring.memory().setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) 10_000);
        VolumeOps ops = start(ring);

        ops.transfer(ring, 0, 1);

        assertThat(driver.played).startsWith(5000 & 0xff, 5000 >> 8);
        ops.close();
    }

    @Test
    void whatIsRecordedIsAmplifiedWhereItLies() {
        gain = HALF;
        RingView ring = ring(PcmFormat.S32_BE, PcmStream.CAPTURE);
        byte[] before = ring.memory().toArray(ValueLayout.JAVA_BYTE);
        VolumeOps ops = start(ring);

        ops.transfer(ring, 10, 100);

        byte[] after = ring.memory().toArray(ValueLayout.JAVA_BYTE);
        assertThat(Arrays.copyOf(after, 80)).isEqualTo(Arrays.copyOf(before, 80));
        assertThat(Arrays.copyOfRange(after, 80, 84)).containsExactly(0x20, 0x20, 0x20, 0x20);
        assertThat(Arrays.mismatch(after, 880, 9000, before, 880, 9000)).isEqualTo(-1);
        ops.close();
    }

    @Test
    void nothingIsAllocatedWhileTheVolumeMoves() {
        RingView ring = ring(PcmFormat.S16_LE, PcmStream.PLAYBACK);
        VolumeOps ops = start(ring);

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                gain = (gain + 977) & 0xffff;
                                driver.bytes = 0;
                                ops.transfer(ring, 0, BUFFER);
                            }
                        });

        assertThat(bytes).isZero();
        ops.close();
    }
}
