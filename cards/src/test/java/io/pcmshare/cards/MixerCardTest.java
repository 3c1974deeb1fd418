package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

@NoFdLeaks
@Timeout(120)
final class MixerCardTest {
    /** A frame of it is a whole number of nanoseconds, so that a start is at a frame. */
    private static final int RATE = 8000;

    private static final long FRAME_NANOS = 1_000_000_000L / RATE;

    /** Less than the shortest buffer of a {@link Voice}, and than what the mixer is ahead. */
    private static final int STEP_FRAMES = 15;

    /** Ten milliseconds, four times: what is gathered before anything is heard. */
    private static final int LEAD_FRAMES = RATE / 100 * 4;

    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    static List<PcmFormat> formats() {
        return WavFormat.formats();
    }

    private SoundSystem create(String... specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions());
    }

    private static PcmDevice device(SoundSystem system, int card) {
        return system.cards().get(card).card().devices().getFirst();
    }

    private Lockstep lockstep(SoundSystem system) {
        List<Card> cards = system.cards().stream().map(SoundCard::card).toList();
        return new Lockstep(cards, List.of(), clock);
    }

    /** Steps as long as a client plays and time moves. */
    private void playToTheEnd(SoundSystem system, Voice... voices) {
        Lockstep lockstep = lockstep(system);
        boolean moves = true;
        while (moves) {
            for (Voice voice : voices) {
                voice.play(clock.monotonicNanos());
            }
            moves = lockstep.step();
        }
        assertThat(voices).allMatch(Voice::isOver);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void oneStreamAloneIsHeardToTheByte(PcmFormat format) throws IOException {
        Path out = dir.resolve("out.wav");
        byte[] samples = new byte[10_001 * 2 * format.physicalWidth() / Byte.SIZE];
        new SplittableRandom(1).nextBytes(samples);
        for (int i = 0; i < samples.length; i++) {
            if (format.isFloat()) {
                samples[i] = 0x3e; // a number, whatever the order of its bytes
            } else if (format == PcmFormat.MU_LAW && samples[i] == -1) {
                samples[i] = 0x7f; // it has two zeros, and this is silence
            }
        }
        try (SoundSystem system = create("mixer:of=1,format=" + format, "wav:out=" + out);
                PcmFile file = Streams.open(device(system, 0), PcmStream.PLAYBACK, 3)) {
            Streams.prepare(file, Streams.params(format, 2, 48_000, 512, 2048));
            Lockstep lockstep = lockstep(system);
            int frameBytes = samples.length / 10_001;
            int written = 0;
            while (file.state() != PcmState.SETUP) {
                int left = (samples.length - written) / frameBytes;
                if (left > 0) {
                    long frames = file.transfer(Streams.from(samples, written), left);
                    written += (int) Math.max(0, frames) * frameBytes;
                } else if (file.state() == PcmState.RUNNING) {
                    Streams.check(file.drainStart());
                }
                lockstep.step();
            }
        }
        MixedFile.assertHeard(MixedFile.heard(out), samples);
    }

    @Test
    void theMixIsTheSumOfItsPartsEachFromTheFrameAtWhichItStarts() {
        Seeds.forEach(
                60,
                random -> {
                    try {
                        sumOfParts(random);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Some drain, some run empty, in the midst of others; time moves in uneven steps. */
    private void sumOfParts(SplittableRandom random) throws IOException {
        Path out = dir.resolve("out.wav");
        String wav = "wav:out=" + out;
        boolean first = random.nextBoolean();
        String mixer = "mixer:rate=8000,of=" + (first ? 1 : 0);
        List<Voice> voices = new ArrayList<>();
        try (SoundSystem system = first ? create(mixer, wav) : create(wav, mixer)) {
            PcmDevice device = device(system, first ? 0 : 1);
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                int frames = 1000 + random.nextInt(4000);
                // the first plays longest: the mix has no end before the last voice's
                voices.add(
                        new Voice(
                                device,
                                random,
                                1 + random.nextInt(2),
                                RATE,
                                i == 0 ? 9000 : frames,
                                random.nextBoolean()));
            }
            int[] starts = random.ints(count, 0, 4000).toArray();
            starts[0] = 0;
            int passed = 0;
            while (!voices.stream().allMatch(Voice::isOver)) {
                for (int i = 0; i < count; i++) {
                    if (passed >= starts[i]) {
                        voices.get(i).play(clock.monotonicNanos());
                    }
                }
                int step = 1 + random.nextInt(STEP_FRAMES);
                if (passed < LEAD_FRAMES) {
                    // there the other card takes over from the clock
                    step = Math.min(step, LEAD_FRAMES - passed);
                }
                passed += step;
                clock.advance(step * FRAME_NANOS);
                system.cards().forEach(card -> card.card().tick());
            }
            voices.forEach(Voice::close);
        }
        MixedFile.assertHeard(MixedFile.heard(out), expected(voices));
    }

    private static byte[] expected(List<Voice> voices) {
        long origin = voices.getFirst().startNanos();
        int frames = 0;
        for (Voice voice : voices) {
            frames = Math.max(frames, startFrame(voice, origin) + voice.frames());
        }
        double[] mix = new double[frames * 2];
        voices.forEach(voice -> voice.addTo(mix, startFrame(voice, origin)));
        return MixedFile.rounded(mix);
    }

    private static int startFrame(Voice voice, long origin) {
        return (int) ((voice.startNanos() - origin) / FRAME_NANOS);
    }

    @Test
    void aStreamThatBeginsWhileTheOneBeforeIsHeardYetComesRightBehindIt() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(2);
        byte[] all = new byte[(3001 + 3000) * 4];
        try (SoundSystem system = create("wav:buffer=4096,out=" + out, "mixer:of=0,rate=8000");
                Voice one = new Voice(device(system, 1), random, 2, RATE, 3001, true);
                Voice two = new Voice(device(system, 1), random, 2, RATE, 3000, true)) {
            System.arraycopy(one.samples(), 0, all, 0, 3001 * 4);
            System.arraycopy(two.samples(), 0, all, 3001 * 4, 12_000);
            while (!one.isOver()) {
                one.play(clock.monotonicNanos());
                pass(system, 20); // the last look is some frames behind its end
            }
            two.play(clock.monotonicNanos());
            assertThat(two.file().state()).isEqualTo(PcmState.RUNNING);

            playToTheEnd(system, two);
        }
        MixedFile.assertHeard(MixedFile.heard(out), all);
    }

    @Test
    void whatIsQueuedOnTheOtherCardIsPartOfTheDelay() throws IOException {
        try (SoundSystem system = create("null", "mixer:of=0,rate=8000,buffer=8192");
                PcmFile file = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0)) {
            Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 1024, 8192));
            Streams.check(file.transfer(Streams.from(new byte[32_768], 0), 8192));
            pass(system, 100);
            assertThat(file.hwPtr()).isEqualTo(100);
            assertThat(file.status().delay()).as("gathered, not heard").isEqualTo(8192);

            pass(system, 4000);

            assertThat(file.hwPtr()).isEqualTo(4100);
            assertThat(file.status().delay()).isEqualTo(8192 - 4100 + LEAD_FRAMES);
        }
    }

    private void pass(SoundSystem system, int frames) {
        for (int i = 0; i < frames; i += 20) {
            clock.advance(20 * FRAME_NANOS);
            system.cards().forEach(card -> card.card().tick());
        }
    }

    @Test
    void aMixThatComesTooLateGoesOnWhereItWas() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(3);
        byte[] samples;
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                Voice voice = new Voice(device(system, 1), random, 2, RATE, 9000, true)) {
            samples = voice.samples();
            Lockstep lockstep = lockstep(system);
            while (!voice.isOver()) {
                voice.play(clock.monotonicNanos());
                if (!lockstep.step() || random.nextInt(20) == 0) {
                    // nobody looked for a second
                    lockstep.elapse(1_000_000_000L);
                }
            }
        }
        MixedFile.assertHeard(MixedFile.heard(out), samples);
    }

    @Test
    void linkedStreamsBeginAtOneFrameAndEndEachAtItsOwn() throws IOException {
        Path out = dir.resolve("out.wav");
        byte[] one = new byte[4 * 795];
        byte[] two = new byte[4 * 800];
        one[0] = 1;
        two[0] = 2;
        two[4 * 799] = 5;
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                PcmFile a = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0);
                PcmFile b = Streams.open(device(system, 1), PcmStream.PLAYBACK, 1)) {
            for (PcmFile file : List.of(a, b)) {
                Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 200, 800));
                Streams.check(file.swParams(file.currentSwParams().withStartThreshold(9999)));
            }
            Streams.check(a.link(b));
            Streams.check(a.transfer(Streams.from(one, 0), 795));
            Streams.check(b.transfer(Streams.from(two, 0), 800));
            Streams.check(b.start());
            assertThat(a.state()).isEqualTo(PcmState.RUNNING);
            Streams.check(a.drainStart());
            // both end between two looks, and the longer one is looked at first
            pass(system, 1200);
            assertThat(a.state()).isEqualTo(PcmState.SETUP);
        }
        byte[] sum = new byte[4 * 800];
        sum[0] = 3;
        sum[4 * 799] = 5;
        MixedFile.assertHeard(MixedFile.heard(out), sum);
    }

    @Test
    void theVolumeOfTheMixerIsHeard() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(5);
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                Voice voice = new Voice(device(system, 1), random, 2, RATE, 3000, true)) {
            Streams.check(
                    new TestMixer(system.cards().get(1)).write("Master Playback Switch", 0, 1));
            playToTheEnd(system, voice);
            byte[] heard = MixedFile.heardLater(system, out);

            assertThat(heard).hasSize(12_000);
            for (int i = 0; i < heard.length; i += 4) {
                assertThat(heard[i] | heard[i + 1]).as("left, byte=%d", i).isZero();
                assertThat(heard[i + 2]).as("right, byte=%d", i).isEqualTo(voice.samples()[i + 2]);
            }
        }
    }

    @Test
    void aMixerPlaysOnAMixer() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(6);
        byte[] samples;
        try (SoundSystem system =
                        create("mixer:of=1", "mixer:of=2", "wav:rate=8000-11025,out=" + out);
                Voice voice = new Voice(device(system, 0), random, 2, 11_025, 5000, true)) {
            samples = voice.samples();
            playToTheEnd(system, voice);
        }
        MixedFile.assertHeard(MixedFile.heard(out), samples);
    }
}
