package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Silence;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Memfd;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

@NoFdLeaks
@Timeout(60)
final class WavCardTest {
    /** Not a multiple of the period, and odd: one-byte samples end on an odd byte. */
    private static final int FRAMES = 1001;

    private static final int RATE = 8000;
    private static final int PERIOD = 64;
    private static final int BUFFER = 256;
    private static final PcmFormat S16 = PcmFormat.S16_LE;

    @TempDir Path dir;

    static List<PcmFormat> formats() {
        return WavFormat.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsPlayedIsTheFileToTheByte(PcmFormat format) throws IOException {
        for (int channels : new int[] {1, 2, 6}) {
            Path path = dir.resolve(format + "-" + channels + ".wav");
            byte[] samples = noise(new WavFormat(format, channels, RATE), FRAMES);

            play(path, format, channels, samples);

            try (WavFile file = WavFile.open(path)) {
                assertThat(file.format()).isEqualTo(new WavFormat(format, channels, RATE));
                assertThat(bytesOf(file.samples())).isEqualTo(samples);
            }
            assertThat(Files.size(path) % 2).as("chunks are padded to an even size").isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsRecordedIsTheFileAndThenSilence(PcmFormat format) throws IOException {
        for (int channels : new int[] {1, 2, 6}) {
            Path path = dir.resolve(format + "-" + channels + "-in.wav");
            WavFormat wav = new WavFormat(format, channels, RATE);
            byte[] samples = noise(wav, FRAMES);
            play(path, format, channels, samples);

            byte[] recorded = record(path, wav, FRAMES + 500);

            assertThat(Arrays.copyOf(recorded, samples.length)).isEqualTo(samples);
            MemorySegment rest =
                    MemorySegment.ofArray(
                            Arrays.copyOfRange(recorded, samples.length, recorded.length));
            assertThat(Silence.isSilent(rest, 0, rest.byteSize(), format)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "S8, U8",
        "U16_BE, S16_LE",
        "S24_LE, S24_3LE",
        "S20_3BE, S24_3LE",
        "U32_LE, S32_LE"
    })
    void whatNoFileCanHoldIsStoredWithoutLoss(PcmFormat format, PcmFormat stored)
            throws IOException {
        Path path = dir.resolve("stored.wav");
        byte[] samples = new byte[FRAMES * format.physicalWidth() / 8];
        new SplittableRandom(1).nextBytes(samples);
        byte[] expected = new byte[FRAMES * stored.physicalWidth() / 8];
        new FrameConverter(new Shape(format, 1), new Shape(stored, 1))
                .convert(
                        MemorySegment.ofArray(samples),
                        0,
                        MemorySegment.ofArray(expected),
                        0,
                        FRAMES);

        play(path, format, 1, samples);

        try (WavFile file = WavFile.open(path)) {
            assertThat(file.format()).isEqualTo(new WavFormat(stored, 1, RATE));
            assertThat(bytesOf(file.samples())).isEqualTo(expected);
        }
    }

    @Test
    void anXrunAndARestartGoOnInTheSameFile() throws IOException {
        Path path = dir.resolve("restart.wav");
        ManualClock clock = new ManualClock();
        byte[] samples = noise(new WavFormat(S16, 2, RATE), 200);
        try (WavCard card = new WavCard(0, clock, new ArenaRegions(), path, null)) {
            PcmFile file = playback(card, S16, 2);
            Streams.check(file.transfer(Streams.from(samples, 0), 100));
            clock.advance(1_000_000_000L);
            card.card().tick();
            assertThat(file.state()).isEqualTo(PcmState.XRUN);
            Streams.check(file.prepare());
            Streams.check(file.transfer(Streams.from(samples, 400), 100));
            clock.advance(1_000_000_000L);
            card.card().tick();
            file.close();
        }

        try (WavFile wav = WavFile.open(path)) {
            assertThat(bytesOf(wav.samples())).isEqualTo(samples);
        }
    }

    /** As a process that is killed leaves it: the header is the one of the beginning. */
    @Test
    void aRecordingThatNobodyFinishedIsReadToItsEnd() throws IOException {
        Path path = dir.resolve("killed.wav");
        ManualClock clock = new ManualClock();
        byte[] samples = noise(new WavFormat(S16, 2, RATE), 200);
        try (WavCard card = new WavCard(0, clock, new ArenaRegions(), path, null)) {
            PcmFile file = playback(card, S16, 2);
            Streams.check(file.transfer(Streams.from(samples, 0), 200));
            clock.advance(1_000_000_000L);
            card.card().tick();

            try (WavFile killed = WavFile.open(path)) {
                assertThat(bytesOf(killed.samples())).isEqualTo(samples);
            }
            file.close();
        }
    }

    @Test
    void anotherFormatBeginsAnotherFile() throws IOException {
        Path path = dir.resolve("two.wav");
        try (WavCard card = new WavCard(0, new ManualClock(), new ArenaRegions(), path, null)) {
            PcmFile file = playback(card, S16, 2);
            Streams.prepare(file, Streams.params(PcmFormat.U8, 1, RATE, PERIOD, BUFFER));
            file.close();
        }

        try (WavFile first = WavFile.open(path);
                WavFile second = WavFile.open(dir.resolve("two-2.wav"))) {
            assertThat(first.format()).isEqualTo(new WavFormat(S16, 2, RATE));
            assertThat(second.format()).isEqualTo(new WavFormat(PcmFormat.U8, 1, RATE));
        }
    }

    @Test
    void aFileThatCannotBeMadeIsTheErrnoOfHwParamsUntilItCan() throws IOException {
        Path path = dir.resolve("missing").resolve("out.wav");
        WavCard card = new WavCard(0, new ManualClock(), new ArenaRegions(), path, null);
        PcmFile file = Streams.open(card.card().devices().getFirst(), PcmStream.PLAYBACK, 0);
        HwParamSpace params = Streams.params(S16, 2, RATE, PERIOD, BUFFER);

        assertThat(file.hwParams(params)).isEqualTo(Errno.ENOENT.negated());
        assertThat(file.state()).isEqualTo(PcmState.OPEN);
        Files.createDirectory(dir.resolve("missing"));
        assertThat(file.hwParams(params)).isZero();
        file.close();

        card.close();
        assertThat(path).as("the file that was asked for").exists();
    }

    @Test
    void aDiskThatIsFullFromTheBeginningIsTheErrnoOfHwParams() throws IOException {
        Path path = Files.createSymbolicLink(dir.resolve("full.wav"), Path.of("/dev/full"));
        WavCard card = new WavCard(0, new ManualClock(), new ArenaRegions(), path, null);
        PcmFile file = Streams.open(card.card().devices().getFirst(), PcmStream.PLAYBACK, 0);

        int answer = file.hwParams(Streams.params(S16, 2, RATE, PERIOD, BUFFER));

        assertThat(answer).isEqualTo(Errno.ENOSPC.negated());
        file.close();
        card.close();
    }

    /** A file that may not grow stands for a disk that fills up meanwhile. */
    @Test
    void aDiskThatFillsUpEndsTheRecordingAndNotTheStream() throws IOException {
        ManualClock clock = new ManualClock();
        try (Fd disk = Memfd.create("disk", 0)) {
            Path path = Path.of("/proc/self/fd/" + disk.number());
            WavCard card = new WavCard(0, clock, new ArenaRegions(), path, null);
            PcmFile file = playback(card, S16, 2);
            Memfd.addSeals(disk, Memfd.F_SEAL_GROW);
            Streams.check(file.transfer(Streams.from(new byte[1024], 0), 256));

            clock.advance(30_000_000L);
            card.card().tick();

            assertThat(file.state()).isEqualTo(PcmState.RUNNING);
            assertThat(file.status().hwPtr()).isEqualTo(240);
            file.close();
            assertThatThrownBy(card::close)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("recording to " + path + " failed");
        }
    }

    private static void play(Path path, PcmFormat format, int channels, byte[] samples)
            throws IOException {
        ManualClock clock = new ManualClock();
        int frameBytes = samples.length / FRAMES;
        try (WavCard card = new WavCard(0, clock, new ArenaRegions(), path, null)) {
            PcmFile file = playback(card, format, channels);
            Lockstep lockstep = new Lockstep(card.card(), clock);
            int written = 0;
            while (written < FRAMES) {
                long answer =
                        file.transfer(
                                Streams.from(samples, written * frameBytes), FRAMES - written);
                written += (int) Math.max(0, answer);
                lockstep.step();
            }
            Streams.check(file.drainStart());
            while (lockstep.step()) {
                // to the end
            }
            assertThat(file.state()).isEqualTo(PcmState.SETUP);
            file.close();
        }
    }

    private static byte[] record(Path path, WavFormat format, int frames) throws IOException {
        ManualClock clock = new ManualClock();
        byte[] recorded = new byte[frames * format.frameBytes()];
        try (WavCard card = new WavCard(0, clock, new ArenaRegions(), null, path)) {
            PcmFile file = Streams.open(card.card().devices().getFirst(), PcmStream.CAPTURE, 0);
            // only one format, rate and number of channels are left to choose
            HwParamSpace any = new HwParamSpace();
            any.set(io.pcmshare.abi.HwParam.PERIOD_SIZE, PERIOD);
            any.set(io.pcmshare.abi.HwParam.BUFFER_SIZE, BUFFER);
            Streams.prepare(file, any);
            assertThat(file.params().format()).isEqualTo(format.format());
            assertThat(file.params().channels()).isEqualTo(format.channels());
            Streams.check(file.start());
            int read = 0;
            while (read < frames) {
                clock.advance(5_000_000L);
                long answer =
                        file.transfer(
                                Streams.into(recorded, read * format.frameBytes()), frames - read);
                read += (int) Math.max(0, answer);
            }
            file.close();
        }
        return recorded;
    }

    private static PcmFile playback(WavCard card, PcmFormat format, int channels) {
        PcmFile file = Streams.open(card.card().devices().getFirst(), PcmStream.PLAYBACK, 0);
        return Streams.prepare(file, Streams.params(format, channels, RATE, PERIOD, BUFFER));
    }

    private static byte[] noise(WavFormat format, int frames) {
        byte[] bytes = new byte[frames * format.frameBytes()];
        new SplittableRandom(format.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytesOf(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }
}
