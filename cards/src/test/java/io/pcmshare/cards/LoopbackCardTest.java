package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What one end plays the other records, to the bit and without a gap. */
final class LoopbackCardTest {
    private static final int RATE = 48_000;
    private static final int FRAME_BYTES = 4;
    private static final PcmFormat S16 = PcmFormat.S16_LE;

    private final ManualClock clock = new ManualClock();
    private final Card card = LoopbackCard.create(0, clock, new ArenaRegions());
    private final PcmDevice first = card.devices().getFirst();
    private final PcmDevice second = card.devices().getLast();

    @Test
    void whatIsPlayedIsRecordedInBothDirectionsWithTheDelayOfTheStarts() {
        Seeds.forEach(
                300,
                random -> {
                    ManualClock time = new ManualClock();
                    Card cable = LoopbackCard.create(0, time, new ArenaRegions());
                    boolean forward = random.nextBoolean();
                    PcmDevice from = cable.devices().get(forward ? 0 : 1);
                    PcmDevice to = cable.devices().get(forward ? 1 : 0);
                    int number = random.nextInt(8);
                    long periodP = random.nextLong(100, 600);
                    long periodC = random.nextLong(100, 600);
                    PcmFile player = Streams.open(from, PcmStream.PLAYBACK, number);
                    PcmFile recorder = Streams.open(to, PcmStream.CAPTURE, number);
                    Streams.prepare(player, Streams.params(S16, 2, RATE, periodP, 4 * periodP));
                    Streams.prepare(recorder, Streams.params(S16, 2, RATE, periodC, 4 * periodC));
                    // starts: the recorder is ahead (positive) or behind (negative)
                    int ahead = random.nextInt(-500, 500);

                    byte[] recorded = run(random, time, cable, player, recorder, ahead);

                    // as one number: a difference of thousands of bytes helps nobody
                    byte[] expected = expected(recorded.length, ahead);
                    assertThat(Arrays.mismatch(recorded, expected)).isEqualTo(-1);
                    player.close();
                    recorder.close();
                });
    }

    /** Frame N of the player is noise of its own; the recorder hears it {@code ahead} later. */
    private static byte[] expected(int bytes, int ahead) {
        byte[] played = noise(40_000);
        byte[] expected = new byte[bytes];
        for (int frame = 0; frame < bytes / FRAME_BYTES; frame++) {
            int source = frame - ahead;
            if (source >= 0) {
                System.arraycopy(
                        played, source * FRAME_BYTES, expected, frame * FRAME_BYTES, FRAME_BYTES);
            }
        }
        return expected;
    }

    private static byte[] noise(int frames) {
        byte[] bytes = new byte[frames * FRAME_BYTES];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] run(
            SplittableRandom random,
            ManualClock time,
            Card cable,
            PcmFile player,
            PcmFile recorder,
            int ahead) {
        byte[] played = noise(40_000);
        byte[] recorded = new byte[20_000 * FRAME_BYTES];
        Streams.check(
                player.swParams(player.currentSwParams().withStartThreshold(Integer.MAX_VALUE)));
        int written = (int) player.transfer(Streams.from(played, 0), 40_000);
        int read = 0;
        int now = 0;
        int playerStart = Math.max(0, ahead);
        int recorderStart = Math.max(0, -ahead);
        while (read < 3_000) {
            if (now == playerStart) {
                Streams.check(player.start());
            }
            if (now == recorderStart) {
                Streams.check(recorder.start());
            }
            int next = now + random.nextInt(1, 100);
            next = now < playerStart ? Math.min(next, playerStart) : next;
            next = now < recorderStart ? Math.min(next, recorderStart) : next;
            // exact on the cable's clock, which the first start began
            time.advanceTo(1_000_000_000L + FrameTime.nanos(next, RATE));
            now = next;
            if (random.nextBoolean()) {
                cable.tick();
            }
            if (player.state() == PcmState.RUNNING) {
                long answer =
                        player.transfer(
                                Streams.from(played, written * FRAME_BYTES), 40_000 - written);
                written += (int) Math.max(0, answer);
            }
            if (recorder.state() == PcmState.RUNNING) {
                long answer =
                        recorder.transfer(
                                Streams.into(recorded, read * FRAME_BYTES), 20_000 - read);
                read += (int) Math.max(0, answer);
            }
            if (player.state() == PcmState.XRUN) {
                throw new AssertionError("xrun at " + now);
            }
        }
        return Arrays.copyOf(recorded, read * FRAME_BYTES);
    }

    @Test
    void withNobodyPlayingSilenceIsRecorded() {
        PcmFile recorder = Streams.open(second, PcmStream.CAPTURE, 0);
        Streams.prepare(recorder, Streams.params(S16, 2, RATE, 480, 1920));
        Streams.check(recorder.start());
        clock.advance(20_000_000L);
        byte[] recorded = new byte[960 * FRAME_BYTES];
        Arrays.fill(recorded, (byte) 1);

        assertThat(recorder.transfer(Streams.into(recorded, 0), 2000)).isEqualTo(960);

        assertThat(recorded).containsOnly(0);
    }

    @Test
    void withNobodyRecordingThePlayerPlaysOnByTheClock() {
        PcmFile player = Streams.open(first, PcmStream.PLAYBACK, 0);
        Streams.prepare(player, Streams.params(S16, 2, RATE, 480, 1920));
        Streams.check(player.transfer(Streams.from(noise(1920), 0), 1920));
        clock.advance(10_000_000L);

        assertThat(player.hwsync()).isZero();

        assertThat(player.hwPtr()).isEqualTo(480);
    }

    /** 480 frames of 10 ms heard, as long a pause of one end, and 480 more. */
    @Test
    void aPlayerThatPausesLeavesSilenceAndARecorderThatPausesMissesWhatIsPlayed() {
        for (boolean playerPauses : new boolean[] {true, false}) {
            PcmFile player = Streams.open(first, PcmStream.PLAYBACK, 0);
            PcmFile recorder = Streams.open(second, PcmStream.CAPTURE, 0);
            Streams.prepare(player, Streams.params(S16, 2, RATE, 480, 1920));
            Streams.prepare(recorder, Streams.params(S16, 2, RATE, 480, 1920));
            byte[] played = noise(1920);
            Streams.check(player.transfer(Streams.from(played, 0), 1920));
            Streams.check(recorder.start());
            PcmFile pausing = playerPauses ? player : recorder;
            clock.advance(10_000_000L);
            Streams.check(pausing.pause());
            clock.advance(10_000_000L);
            card.tick();
            Streams.check(pausing.pauseRelease());
            clock.advance(10_000_000L);
            byte[] recorded = new byte[1920 * FRAME_BYTES];

            long frames = recorder.transfer(Streams.into(recorded, 0), 1920);

            assertThat(frames).isEqualTo(playerPauses ? 1440 : 960);
            byte[] expected = new byte[1920 * FRAME_BYTES];
            int half = 480 * FRAME_BYTES;
            System.arraycopy(played, 0, expected, 0, half);
            int second480 = playerPauses ? 2 * half : half;
            System.arraycopy(played, playerPauses ? half : 2 * half, expected, second480, half);
            assertThat(Arrays.mismatch(recorded, expected)).isEqualTo(-1);
            player.close();
            recorder.close();
        }
    }

    @Test
    void onlyTheEndOfTheSameNumberHears() {
        PcmFile player = Streams.open(first, PcmStream.PLAYBACK, 3);
        PcmFile other = Streams.open(second, PcmStream.CAPTURE, 4);
        Streams.prepare(player, Streams.params(S16, 2, RATE, 480, 1920));
        Streams.prepare(other, Streams.params(S16, 2, RATE, 480, 1920));
        Streams.check(other.start());
        Streams.check(player.transfer(Streams.from(noise(1920), 0), 1920));
        clock.advance(20_000_000L);
        byte[] recorded = new byte[960 * FRAME_BYTES];

        assertThat(other.transfer(Streams.into(recorded, 0), 2000)).isEqualTo(960);

        assertThat(recorded).containsOnly(0);
    }

    @Test
    void theSecondEndIsNarrowedToWhatTheFirstRunsWith() {
        PcmFile player = Streams.open(first, PcmStream.PLAYBACK, 0);
        PcmFile recorder = Streams.open(second, PcmStream.CAPTURE, 0);
        Streams.prepare(player, Streams.params(S16, 2, RATE, 480, 1920));
        HwParamSpace offered = new HwParamSpace();

        assertThat(recorder.hwRefine(offered)).isZero();

        assertThat(offered.mask(HwParam.FORMAT)).isEqualTo(S16.maskBit());
        assertThat(offered.interval(HwParam.RATE).value()).isEqualTo(RATE);
        assertThat(offered.interval(HwParam.CHANNELS).value()).isEqualTo(2);
        assertThat(recorder.hwParams(Streams.params(S16, 1, RATE, 480, 1920)))
                .isEqualTo(Errno.EINVAL.negated());
        // the cable keeps what was prepared until both ends are closed
        player.close();
        assertThat(recorder.hwParams(Streams.params(S16, 1, RATE, 480, 1920)))
                .isEqualTo(Errno.EINVAL.negated());
        recorder.close();
        recorder = Streams.open(second, PcmStream.CAPTURE, 0);
        assertThat(recorder.hwParams(Streams.params(S16, 1, RATE, 480, 1920))).isZero();
    }
}
