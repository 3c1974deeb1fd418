package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Those who listen: recordings, level meters, whoever asks. */
@NoFdLeaks
final class TapsTest {
    private static final int RATE = 8000;
    private static final int FRAMES = 200;

    private final ManualClock clock = new ManualClock();
    private final List<String> told = new ArrayList<>();

    @TempDir Path dir;

    private SoundSystem create(TapFactory taps, String... specs) throws IOException {
        return SoundSystem.create(
                CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions(), taps);
    }

    private static PcmDevice device(SoundSystem system) {
        return system.cards().getFirst().card().devices().getFirst();
    }

    /** Opens, plays all, leaves open. */
    private PcmFile play(SoundSystem system, PcmFormat format, int channels, byte[] samples) {
        PcmFile file = Streams.open(device(system), PcmStream.PLAYBACK, -1);
        Streams.prepare(file, Streams.params(format, channels, RATE, 64, 256));
        Streams.check(file.transfer(Streams.from(samples, 0), FRAMES));
        clock.advance(1_000_000_000L);
        system.cards().getFirst().card().tick();
        assertThat(file.state()).isEqualTo(PcmState.XRUN);
        return file;
    }

    private static byte[] noise(PcmFormat format, int channels) {
        byte[] bytes = new byte[FRAMES * channels * format.physicalWidth() / 8];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Path path, PcmFormat format, int channels) throws IOException {
        try (WavFile file = WavFile.open(path)) {
            assertThat(file.format()).isEqualTo(new WavFormat(format, channels, RATE));
            return file.samples().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Test
    void everyStreamThatIsOpenedBecomesAFileOfItsOwn() throws IOException {
        Path folder = dir.resolve("new/recordings");
        byte[] samples = noise(PcmFormat.S16_LE, 2);
        try (SoundSystem system = create(TapFactory.NONE, "null:record=" + folder)) {
            PcmFile first = play(system, PcmFormat.S16_LE, 2, samples);
            PcmFile second = play(system, PcmFormat.S16_LE, 2, samples);
            first.close();
            second.close();
            play(system, PcmFormat.S16_LE, 1, samples).close();

            // finished when the stream closed, not only at the end
            assertThat(read(folder.resolve("card0-pcm0p-sub0-1.wav"), PcmFormat.S16_LE, 2))
                    .isEqualTo(samples);
        }

        assertThat(read(folder.resolve("card0-pcm0p-sub1-1.wav"), PcmFormat.S16_LE, 2))
                .isEqualTo(samples);
        assertThat(read(folder.resolve("card0-pcm0p-sub0-2.wav"), PcmFormat.S16_LE, 1))
                .isEqualTo(Arrays.copyOf(samples, 2 * FRAMES));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void theFileOfAStreamThatIsStillOpenIsFinishedWithTheSystem() throws IOException {
        byte[] samples = noise(PcmFormat.U8, 1);
        SoundSystem system = create(TapFactory.NONE, "null:record=" + dir);
        PcmFile file = play(system, PcmFormat.U8, 1, samples);

        system.close();

        assertThat(read(dir.resolve("card0-pcm0p-sub0-1.wav"), PcmFormat.U8, 1)).isEqualTo(samples);
        assertThat(file.state()).isEqualTo(PcmState.DISCONNECTED);
        file.close();
        system.close();
    }

    @ParameterizedTest
    @CsvSource({"S16_BE, S16_LE", "S32_BE, S32_LE", "FLOAT_BE, FLOAT_LE", "S24_3BE, S24_3LE"})
    void whatStandsTheOtherWayRoundIsTurned(PcmFormat format, PcmFormat stored) throws IOException {
        byte[] samples = noise(format, 2);
        int bytes = format.physicalWidth() / 8;
        byte[] turned = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            turned[i] = samples[i / bytes * bytes + bytes - 1 - i % bytes];
        }
        try (SoundSystem system = create(TapFactory.NONE, "loopback:record=" + dir)) {
            play(system, format, 2, samples).close();
        }

        byte[] recorded = read(dir.resolve("card0-pcm0p-sub0-1.wav"), stored, 2);

        if (!format.isFloat()) {
            assertThat(recorded).isEqualTo(turned);
        } else {
            // a NaN that was converted is still one, but perhaps another
            assertThat(recorded).hasSameSizeAs(turned);
        }
    }

    @Test
    void twentyFourBitsInFourBytesAreStoredInThree() throws IOException {
        byte[] samples = noise(PcmFormat.S24_LE, 1);
        byte[] packed = new byte[3 * FRAMES];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = samples[i / 3 * 4 + i % 3];
        }
        try (SoundSystem system = create(TapFactory.NONE, "loopback:record=" + dir)) {
            play(system, PcmFormat.S24_LE, 1, samples).close();
        }

        assertThat(read(dir.resolve("card0-pcm0p-sub0-1.wav"), PcmFormat.S24_3LE, 1))
                .isEqualTo(packed);
    }

    @Test
    void aFileThatCannotBeMadeIsToldAtTheEndAndTheStreamPlaysOn() throws IOException {
        Files.createDirectory(dir.resolve("card0-pcm0p-sub0-1.wav"));
        SoundSystem system = create(TapFactory.NONE, "null:record=" + dir);

        play(system, PcmFormat.U8, 1, noise(PcmFormat.U8, 1)).close();

        assertThatThrownBy(system::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("card0-pcm0p-sub0-1.wav failed: openat: EISDIR");
    }

    @Test
    void aFullDiskIsToldAtTheEndAndTheStreamPlaysOn() throws IOException {
        Files.createSymbolicLink(dir.resolve("card0-pcm0p-sub0-1.wav"), Path.of("/dev/full"));
        SoundSystem system = create(TapFactory.NONE, "null:record=" + dir);

        play(system, PcmFormat.U8, 1, noise(PcmFormat.U8, 1)).close();

        assertThatThrownBy(system::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ENOSPC");
    }

    @Test
    void whoListensIsToldOfOpenParametersStartFramesStopAndClose() throws IOException {
        try (SoundSystem system =
                create(
                        stream -> {
                            told.add("opened " + stream.stream() + " " + stream.number());
                            return new Told();
                        },
                        "null")) {
            PcmFile file = play(system, PcmFormat.U8, 1, noise(PcmFormat.U8, 1));
            Streams.check(file.drop());
            file.close();
        }

        assertThat(told)
                .containsExactly(
                        "opened PLAYBACK 0",
                        "params U8",
                        "started",
                        "200 at 0",
                        "stopped",
                        "closed");
    }

    private final class Told implements StreamTap {
        @Override
        public void params(StreamParams params) {
            told.add("params " + params.format());
        }

        @Override
        public void started() {
            told.add("started");
        }

        @Override
        public void frames(RingView view, long offsetFrames, long frames) {
            told.add(frames + " at " + offsetFrames);
        }

        @Override
        public void stopped() {
            told.add("stopped");
        }

        @Override
        public void closed() {
            told.add("closed");
        }
    }

    @Test
    void aLevelMeterKnowsHowMuchWasHeardAndHowLoud() throws IOException {
        List<LevelTap> levels = new ArrayList<>();
        TapFactory meters =
                stream -> {
                    LevelTap tap = new LevelTap();
                    levels.add(tap);
                    return tap;
                };
        byte[] square = new byte[2 * FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            square[2 * i + 1] = (byte) (i % 2 == 0 ? 0x40 : 0xc0);
        }
        try (SoundSystem system = create(meters, "null")) {
            play(system, PcmFormat.S16_LE, 1, square).close();
        }

        LevelTap level = levels.getFirst();
        assertThat(level.frames()).isEqualTo(FRAMES);
        assertThat(level.peak()).isEqualTo(0.5);
        assertThat(level.rms()).isCloseTo(0.5, within(1e-12));
        assertThat(level.isClosed()).isTrue();
    }

    @Test
    void nothingIsAllocatedByARecordingThatConvertsAndAMeter() throws IOException {
        try (SoundSystem system = create(stream -> new LevelTap(), "loopback:record=" + dir)) {
            PcmFile file = Streams.open(device(system), PcmStream.PLAYBACK, 0);
            Streams.prepare(file, Streams.params(PcmFormat.S24_BE, 2, RATE, 1024, 4096));
            Streams.check(
                    file.swParams(file.currentSwParams().withStopThreshold(Long.MAX_VALUE / 4)));
            Streams.check(file.transfer(Streams.from(new byte[8 * 4096], 0), 4096));

            long bytes =
                    Allocations.bytesOnceWarm(
                            () -> {
                                for (int i = 0; i < 400; i++) {
                                    clock.advance(128_000_000L);
                                    system.cards().getFirst().card().tick();
                                }
                            });

            assertThat(bytes).isZero();
            file.close();
        }
    }
}
