package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Says where, not what: there is much of it. */
    private static void assertHeard(byte[] heard, byte[] expected) {
        assertThat(heard.length).as("bytes").isEqualTo(expected.length);
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
    }

    private static byte[] heard(Path file) throws IOException {
        try (WavFile wav = WavFile.open(file)) {
            return wav.samples().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        }
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
        assertHeard(heard(out), samples);
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
        assertHeard(heard(out), expected(voices));
    }

    private static byte[] expected(List<Voice> voices) {
        long origin = voices.getFirst().startNanos();
        int frames = 0;
        for (Voice voice : voices) {
            frames = Math.max(frames, startFrame(voice, origin) + voice.frames());
        }
        double[] mix = new double[frames * 2];
        voices.forEach(voice -> voice.addTo(mix, startFrame(voice, origin)));
        ByteBuffer bytes = ByteBuffer.allocate(mix.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (double sample : mix) {
            bytes.putShort((short) Math.clamp(Math.rint(sample * 32768), -32768, 32767));
        }
        return bytes.array();
    }

    private static int startFrame(Voice voice, long origin) {
        return (int) ((voice.startNanos() - origin) / FRAME_NANOS);
    }

    @Test
    void aStreamThatBeginsWhileTheOneBeforeIsHeardYetComesRightBehindIt() throws IOException {
        Path out = dir.resolve("out.wav");
        SplittableRandom random = new SplittableRandom(2);
        byte[] all = new byte[2 * 3000 * 4];
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                Voice one = new Voice(device(system, 1), random, 2, RATE, 3000, true);
                Voice two = new Voice(device(system, 1), random, 2, RATE, 3000, true)) {
            System.arraycopy(one.samples(), 0, all, 0, 12_000);
            System.arraycopy(two.samples(), 0, all, 12_000, 12_000);
            Lockstep lockstep = lockstep(system);
            while (!one.isOver()) {
                one.play(clock.monotonicNanos());
                lockstep.step();
            }
            two.play(clock.monotonicNanos());
            assertThat(two.file().state()).isEqualTo(PcmState.RUNNING);

            playToTheEnd(system, two);
        }
        assertHeard(heard(out), all);
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
        assertHeard(heard(out), samples);
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
            byte[] heard = heardLater(system, out);

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

    private static byte[] heardLater(SoundSystem system, Path out) throws IOException {
        system.close();
        return heard(out);
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
    void linkedStreamsBeginAtOneFrame() throws IOException {
        Path out = dir.resolve("out.wav");
        byte[] one = new byte[4 * 800];
        byte[] two = new byte[4 * 800];
        one[0] = 1;
        two[0] = 2;
        try (SoundSystem system = create("wav:out=" + out, "mixer:of=0,rate=8000");
                PcmFile a = Streams.open(device(system, 1), PcmStream.PLAYBACK, 0);
                PcmFile b = Streams.open(device(system, 1), PcmStream.PLAYBACK, 1)) {
            for (PcmFile file : List.of(a, b)) {
                Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 200, 800));
                Streams.check(file.swParams(file.currentSwParams().withStartThreshold(9999)));
            }
            Streams.check(a.link(b));
            Streams.check(a.transfer(Streams.from(one, 0), 800));
            Streams.check(b.transfer(Streams.from(two, 0), 800));
            Streams.check(b.start());
            assertThat(a.state()).isEqualTo(PcmState.RUNNING);
            Streams.check(a.drainStart());
            while (lockstep(system).step()) {
                // until both are over
            }
        }
        byte[] sum = new byte[4 * 800];
        sum[0] = 3;
        assertHeard(heard(out), sum);
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
            byte[] heard = heardLater(system, out);

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
        assertHeard(heard(out), samples);
    }

    @Test
    void allWhoRecordHearTheSameEachFromTheFrameAtWhichItStarts() throws IOException {
        Path in = dir.resolve("in.wav");
        byte[] samples = new byte[9000 * 4];
        new SplittableRandom(8).nextBytes(samples);
        try (WavRecorder recorder = new WavRecorder(in, new WavFormat(PcmFormat.S16_LE, 2, RATE))) {
            MemorySegment memory = Arena.ofAuto().allocate(samples.length);
            memory.copyFrom(MemorySegment.ofArray(samples));
            recorder.write(memory, 0, samples.length);
        }
        byte[] one = new byte[8000 * 4];
        byte[] two = new byte[6000 * 4];
        String wav = "wav:in=" + in + ",out=" + dir.resolve("out.wav");
        try (SoundSystem system = create(wav, "mixer:of=0,rate=8000");
                PcmFile a = Streams.open(device(system, 1), PcmStream.CAPTURE, 0);
                PcmFile b = Streams.open(device(system, 1), PcmStream.CAPTURE, 1)) {
            Streams.prepare(a, Streams.params(PcmFormat.S16_LE, 2, RATE, 1600, 3200));
            Streams.prepare(b, Streams.params(PcmFormat.S32_BE, 1, RATE, 33, 99));
            Streams.check(a.start());
            byte[] wide = new byte[two.length];
            int[] read = new int[2];
            for (int passed = 0; read[0] < one.length || read[1] < wide.length; passed += 11) {
                if (passed == 1100) {
                    Streams.check(b.start());
                }
                read[0] += read(a, one, read[0], 4);
                read[1] += b.state() == PcmState.RUNNING ? read(b, wide, read[1], 4) : 0;
                if (read[1] == wide.length) {
                    Streams.check(b.drop());
                }
                clock.advance(11 * FRAME_NANOS);
                system.cards().forEach(card -> card.card().tick());
            }
            ByteBuffer heard = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
            for (int frame = 0; frame < wide.length / 4; frame++) {
                assertThat(ByteBuffer.wrap(wide).getInt(frame * 4) >> 16)
                        .as("frame=%d", frame)
                        .isEqualTo(heard.getShort((1100 + frame) * 4));
            }
        }
        assertHeard(one, Arrays.copyOf(samples, one.length));
    }

    private static int read(PcmFile file, byte[] into, int at, int frameBytes) {
        long frames = file.transfer(Streams.into(into, at), (into.length - at) / frameBytes);
        return (int) Math.max(0, frames) * frameBytes;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null;mixer:of=7 | Card 1, a mixer of=7: there is no card 7, the last one is 1.",
                "mixer:of=0 | Card 0, a mixer of=0: that is the mixer itself.",
                "mixer:of=2;null;mixer:of=0 | Card 2, a mixer of=0: that card plays on this one",
                "wav:mic=%s;mixer:of=0 | Card 1, a mixer of=0: that card plays nothing.",
                "null;mixer:of=0,format=S32_LE | format=S32_LE is nothing that card plays (U8, S16",
                "null;mixer:of=0,channels=3 | channels=3 is nothing that card plays (1-2).",
                "null;mixer:of=0,rate=96000 | rate=96000 is nothing that card plays (5500-48000)."
            })
    void whatCannotBeMixedIsSaid(String cards, String message) throws IOException {
        Path mic = dir.resolve("mic.wav");
        new WavRecorder(mic, new WavFormat(PcmFormat.S16_LE, 2, RATE)).close();
        String[] specs = cards.formatted(mic).split(";");

        assertThatThrownBy(() -> create(specs))
                .isInstanceOf(CardSpecException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMixTakesAfterTheCardThatItIsPlayedOn() throws IOException {
        try (SoundSystem system =
                create(
                        "loopback:formats=S16_BE+S32_BE+S24_LE,rate=8000-44100,channels=1-32",
                        "mixer:of=0,substreams=2",
                        "null:model=rme9652",
                        "mixer:of=2")) {
            assertThat(system.cards().get(1).card().devices().getFirst())
                    .extracting(d -> d.subdevicesCount(PcmStream.PLAYBACK))
                    .isEqualTo(2);
            assertThat(system.cards().get(1).spec().model().range(io.pcmshare.abi.HwParam.RATE))
                    .isEqualTo("44100");
            assertThat(
                            MixPlan.format(
                                    1,
                                    new CardTarget.Mix(0, 0, null),
                                    CardModels.of(CardKind.MIXER),
                                    system.cards().getFirst().spec().model()))
                    .isEqualTo(new MixFormat(PcmFormat.S32_BE, 2, 44_100));
            assertThat(
                            MixPlan.format(
                                    3,
                                    new CardTarget.Mix(2, 0, null),
                                    CardModels.of(CardKind.MIXER),
                                    system.cards().get(2).spec().model()))
                    .isEqualTo(new MixFormat(PcmFormat.S32_LE, 26, 48_000));
        }
    }
}
