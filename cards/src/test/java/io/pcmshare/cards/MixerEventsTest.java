package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParamsFlag;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to one of those who play on a mixer card, and what does not to the others. */
@NoFdLeaks
@Timeout(60)
final class MixerEventsTest {
    private static final int RATE = 8000;
    private static final long FRAME_NANOS = 1_000_000_000L / RATE;

    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private SoundSystem create(String... specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions());
    }

    private static PcmDevice device(SoundSystem system, int card) {
        return system.cards().get(card).card().devices().getFirst();
    }

    /** Steps as long as a client plays and time moves. */
    private void playToTheEnd(SoundSystem system, Voice... voices) {
        List<Card> cards = system.cards().stream().map(SoundCard::card).toList();
        Lockstep lockstep = new Lockstep(cards, List.of(), clock);
        boolean moves = true;
        while (moves) {
            for (Voice voice : voices) {
                voice.play(clock.monotonicNanos());
            }
            moves = lockstep.step();
        }
        assertThat(voices).allMatch(Voice::isOver);
    }

    private void run(SoundSystem system, int frames, Voice... voices) {
        for (int i = 0; i < frames; i += 10) {
            for (Voice voice : voices) {
                voice.play(clock.monotonicNanos());
            }
            clock.advance(10 * FRAME_NANOS);
            system.cards().forEach(card -> card.card().tick());
        }
    }

    @Test
    void somebodyLooksBeforeTheOtherCardRunsEmptyHoweverLongAPeriodIs() throws IOException {
        try (SoundSystem system = create("null", "mixer:of=0,rate=8000");
                PcmFile file = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0)) {
            Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 4000, 8000));
            Streams.check(file.transfer(Streams.from(new byte[32_000], 0), 8000));
            Card mixer = system.cards().getLast().card();
            for (int look = 1; look <= 20; look++) {
                // a hundredth of a second, as the period of the card that it plays on
                long due = mixer.nextTickNanos() - clock.monotonicNanos();
                assertThat(due).as("look=%d", look).isEqualTo(80 * FRAME_NANOS);
                clock.advance(due);
                mixer.tick();
            }
            assertThat(file.hwPtr()).isEqualTo(1600);
            assertThat(device(system, 0).substreams(PcmStream.PLAYBACK).getFirst().xruns())
                    .isZero();
        }
    }

    @Test
    void aPausedStreamIsLeftOutAndTheOthersGoOn() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(4);
        double[] mix = new double[2 * 20_000];
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                Voice one = new Voice(device(system, 1), random, 2, RATE, 6000, true);
                Voice two = new Voice(device(system, 1), random, 2, RATE, 500, true)) {
            run(system, 1000, one, two);
            Streams.check(one.file().pause());
            run(system, 1000, two);
            Streams.check(one.file().pauseRelease());
            playToTheEnd(system, one, two);
            byte[] heard = MixedFile.heardLater(system, out);

            // two plays alone and is over; then one goes on, right behind
            one.addTo(mix, 0);
            double[] expected = Arrays.copyOf(mix, 12_000);
            two.addTo(expected, 0);
            ByteBuffer in = ByteBuffer.wrap(heard).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(heard).hasSize(expected.length * 2);
            for (int i = 0; i < expected.length; i++) {
                double clipped = Math.clamp(Math.rint(expected[i] * 32768), -32768, 32767);
                assertThat((double) in.getShort(i * 2)).as("sample=%d", i).isEqualTo(clipped);
            }
        }
    }

    @Test
    void aStreamThatRanEmptyUnseenHoldsNobodyUp() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(9);
        byte[] quiet = new byte[500 * 4];
        random.nextBytes(quiet);
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                PcmFile file = Streams.open(device(system, 1), PcmStream.PLAYBACK, 7);
                Voice voice = new Voice(device(system, 1), random, 2, RATE, 9000, true)) {
            HwParamSpace params = Streams.params(PcmFormat.S16_LE, 2, RATE, 500, 2000);
            // no end of a period is told, so nobody sees that it has run empty
            params.flags(HwParamsFlag.NO_PERIOD_WAKEUP);
            Streams.prepare(file, params);
            Streams.check(file.transfer(Streams.from(quiet, 0), 500));
            run(system, 9400, voice);
            assertThat(file.state()).isEqualTo(PcmState.RUNNING);
            assertThat(voice.isOver()).isTrue();
            Streams.check(file.drop());
            byte[] heard = MixedFile.heardLater(system, out);

            double[] mix = new double[9000 * 2];
            voice.addTo(mix, 0);
            ByteBuffer in = ByteBuffer.wrap(quiet).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 1000; i++) {
                mix[i] += in.getShort(i * 2) / 32768.0;
            }
            byte[] expected = MixedFile.rounded(mix);
            // what was not there is silence for as long as it ran
            assertThat(heard.length).isGreaterThanOrEqualTo(expected.length);
            MixedFile.assertHeard(Arrays.copyOf(heard, expected.length), expected);
        }
    }

    @Test
    void aCardWithNoStreamFreeAnswersBusy() throws IOException {
        Path out = dir.resolve("out.wav");
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0");
                PcmFile taken = Streams.open(device(system, 0), PcmStream.PLAYBACK, 0);
                PcmFile file = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0)) {
            assertThat(taken.state()).isEqualTo(PcmState.OPEN);
            assertThat(file.hwParams(Streams.params(PcmFormat.U8, 1, 48_000, 480, 960)))
                    .isEqualTo(Errno.EBUSY.negated());
        }
    }

    @Test
    void aCardThatIsUnpluggedTakesThoseWithItWhoPlayOnIt() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        try (SoundSystem system = create("null", "mixer:of=0,rate=8000");
                Voice voice = new Voice(device(system, 1), random, 2, RATE, 9000, true)) {
            run(system, 2000, voice);
            assertThat(voice.file().state()).isEqualTo(PcmState.RUNNING);

            system.cards().getFirst().card().disconnect();
            run(system, 100, voice);

            assertThat(voice.file().state()).isEqualTo(PcmState.DISCONNECTED);
        }
    }

    @Test
    void mixingAllocatesNothing() throws IOException {
        byte[] samples = new byte[4 * 4096];
        try (SoundSystem system = create("null", "mixer:of=0");
                PcmFile a = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0);
                PcmFile b = Streams.open(device(system, 1), PcmStream.PLAYBACK, 1);
                PcmFile c = Streams.open(device(system, 1), PcmStream.CAPTURE, 0)) {
            Streams.prepare(c, Streams.params(PcmFormat.S16_LE, 2, 48_000, 256, 1024));
            Streams.check(c.start());
            Streams.prepare(a, Streams.params(PcmFormat.S16_LE, 2, 48_000, 256, 1024));
            Streams.prepare(b, Streams.params(PcmFormat.FLOAT_LE, 1, 48_000, 256, 1024));
            var user = Streams.from(samples, 0);
            var reader = Streams.into(new byte[4 * 4096], 0);
            List<Card> cards = system.cards().stream().map(SoundCard::card).toList();

            long bytes =
                    Allocations.bytesOnceWarm(
                            () -> {
                                for (int cycle = 0; cycle < 10_000; cycle++) {
                                    var _ = a.transfer(user, 1024);
                                    var _ = b.transfer(user, 1024);
                                    var _ = c.transfer(reader, 1024);
                                    clock.advance(3_000_000);
                                    cards.getFirst().tick();
                                    cards.getLast().tick();
                                }
                            });

            assertThat(bytes).isZero();
            assertThat(a.state()).isEqualTo(PcmState.RUNNING);
            assertThat(b.state()).isEqualTo(PcmState.RUNNING);
            assertThat(c.state()).isEqualTo(PcmState.RUNNING);
        }
    }
}
