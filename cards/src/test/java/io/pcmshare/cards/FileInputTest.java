package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A file that stands for the microphone. */
@NoFdLeaks
final class FileInputTest {
    private static final int RATE = 8000;

    /** No divisor of a period or a buffer. */
    private static final int FRAMES = 333;

    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private Path wav(PcmFormat format, int channels, int rate, byte[] samples) throws IOException {
        Path path = dir.resolve("mic.wav");
        try (Arena arena = Arena.ofConfined();
                WavRecorder recorder =
                        new WavRecorder(path, new WavFormat(format, channels, rate))) {
            MemorySegment memory = arena.allocate(samples.length);
            MemorySegment.copy(samples, 0, memory, ValueLayout.JAVA_BYTE, 0, samples.length);
            recorder.write(memory, 0, samples.length);
        }
        return path;
    }

    private static byte[] noise(PcmFormat format, int channels) {
        byte[] bytes = new byte[FRAMES * channels * format.physicalWidth() / 8];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private SoundSystem create(String spec) throws IOException {
        return SoundSystem.create(List.of(CardSpec.parse(spec)), clock, new ArenaRegions());
    }

    private static PcmFile open(SoundSystem system) {
        return Streams.open(
                system.cards().getFirst().card().devices().getFirst(), PcmStream.CAPTURE, 0);
    }

    private byte[] record(PcmFile file, PcmFormat format, int channels, int frames) {
        Streams.prepare(file, Streams.params(format, channels, RATE, 64, 256));
        return read(file, frames * channels * format.physicalWidth() / 8, frames);
    }

    private byte[] read(PcmFile file, int bytes, int frames) {
        byte[] recorded = new byte[bytes];
        Streams.check(file.start());
        for (int read = 0; read < frames; ) {
            clock.advance(7_000_000L);
            long answer =
                    file.transfer(Streams.into(recorded, read * (bytes / frames)), frames - read);
            read += (int) Math.max(0, answer);
        }
        return recorded;
    }

    @Test
    void theSameFormatIsTheFileToTheByteAndThenSilence() throws IOException {
        byte[] samples = noise(PcmFormat.S16_LE, 2);
        Path path = wav(PcmFormat.S16_LE, 2, RATE, samples);
        try (SoundSystem system = create("null:mic=" + path)) {
            PcmFile file = open(system);

            byte[] recorded = record(file, PcmFormat.S16_LE, 2, FRAMES + 100);

            assertThat(Arrays.copyOf(recorded, samples.length)).isEqualTo(samples);
            assertThat(Arrays.copyOfRange(recorded, samples.length, recorded.length))
                    .containsOnly(0);
            file.close();
        }
    }

    @Test
    void aFileThatRepeatsBeginsAgainWithoutAGap() throws IOException {
        byte[] samples = noise(PcmFormat.U8, 1);
        Path path = wav(PcmFormat.U8, 1, RATE, samples);
        try (SoundSystem system = create("null:mic-end=repeat,mic=" + path)) {
            PcmFile file = open(system);

            byte[] recorded = record(file, PcmFormat.U8, 1, 3 * FRAMES);

            for (int i = 0; i < recorded.length; i++) {
                assertThat(recorded[i]).isEqualTo(samples[i % FRAMES]);
            }
            file.close();
        }
    }

    @Test
    void anotherFormatIsConvertedAndOneChannelGoesToAll() throws IOException {
        byte[] samples = noise(PcmFormat.U8, 1);
        Path path = wav(PcmFormat.U8, 1, RATE, samples);
        try (SoundSystem system = create("null:mic=" + path)) {
            PcmFile file = open(system);

            byte[] recorded = record(file, PcmFormat.S16_LE, 2, FRAMES);

            for (int i = 0; i < FRAMES; i++) {
                assertThat(Arrays.copyOfRange(recorded, 4 * i, 4 * i + 4))
                        .containsExactly(0, samples[i] ^ 0x80, 0, samples[i] ^ 0x80);
            }
            file.close();
        }
    }

    @Test
    void rateAndChannelsAreThoseOfTheFileAndTheFormatsThoseOfTheCard() throws IOException {
        Path path = wav(PcmFormat.FLOAT_LE, 2, 11_025, noise(PcmFormat.FLOAT_LE, 2));
        try (SoundSystem system = create("null:mic=" + path)) {
            PcmFile file = open(system);
            HwParamSpace space = new HwParamSpace();

            Streams.check(file.hwRefine(space));

            assertThat(space.interval(HwParam.RATE).value()).isEqualTo(11_025);
            assertThat(space.interval(HwParam.CHANNELS).value()).isEqualTo(2);
            assertThat(space.mask(HwParam.FORMAT))
                    .isEqualTo(PcmFormat.U8.maskBit() | PcmFormat.S16_LE.maskBit());
            file.close();
        }
    }

    @Test
    void ofMoreChannelsThanTheCardHasTheFirstAreHeard() throws IOException {
        byte[] samples = noise(PcmFormat.S16_LE, 6);
        Path path = wav(PcmFormat.S16_LE, 6, RATE, samples);
        try (SoundSystem system = create("null:mic=" + path)) {
            PcmFile file = open(system);

            byte[] recorded = record(file, PcmFormat.S16_LE, 2, FRAMES);

            for (int i = 0; i < FRAMES; i++) {
                assertThat(Arrays.copyOfRange(recorded, 4 * i, 4 * i + 4))
                        .isEqualTo(Arrays.copyOfRange(samples, 12 * i, 12 * i + 4));
            }
            file.close();
        }
    }

    @Test
    void anXrunLeavesAGapButDoesNotBeginTheFileAgain() throws IOException {
        byte[] samples = noise(PcmFormat.U8, 1);
        Path path = wav(PcmFormat.U8, 1, RATE, samples);
        try (SoundSystem system = create("null:mic=" + path)) {
            PcmFile file = open(system);
            byte[] first = record(file, PcmFormat.U8, 1, 64);
            Streams.check(file.drop());
            Streams.check(file.prepare());

            byte[] next = read(file, 64, 64);

            assertThat(first).isEqualTo(Arrays.copyOf(samples, 64));
            int heard =
                    new String(samples, java.nio.charset.StandardCharsets.ISO_8859_1)
                            .indexOf(
                                    new String(next, java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(heard).isGreaterThanOrEqualTo(64);
            file.close();
        }
    }

    @Test
    void aRateThatTheCardDoesNotHaveIsSaidAtOnce() throws IOException {
        Path path = wav(PcmFormat.S16_LE, 2, 96_000, noise(PcmFormat.S16_LE, 2));

        assertThatThrownBy(() -> create("null:mic=" + path))
                .isInstanceOf(CardSpecException.class)
                .hasMessage(
                        "mic=%s with rate=96000 leaves nothing of what the card can do"
                                + " (5500-48000).",
                        path);
    }

    @Test
    void aWavCardRecordsWhatWasConvertedAsWell() throws IOException {
        byte[] samples = noise(PcmFormat.S16_LE, 2);
        Path path = wav(PcmFormat.S16_LE, 2, RATE, samples);
        try (SoundSystem system = create("wav:mic=" + path)) {
            PcmFile file = open(system);

            byte[] recorded = record(file, PcmFormat.S32_LE, 2, FRAMES);

            assertThat(Arrays.copyOfRange(recorded, 2, 4))
                    .isEqualTo(Arrays.copyOfRange(samples, 0, 2));
            file.close();
        }
    }
}
