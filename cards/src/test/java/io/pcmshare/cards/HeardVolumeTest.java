package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** From a mixer program's write to the samples in a file, on every kind of card. */
@NoFdLeaks
final class HeardVolumeTest {
    private static final int RATE = 8000;
    private static final short LOUD = 10_000;

    /** 256 frames, all as loud. */
    private static final int FRAMES = 256;

    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private SoundSystem create(String spec) throws IOException {
        return SoundSystem.create(List.of(CardSpec.parse(spec)), clock, new ArenaRegions());
    }

    private static byte[] constant() {
        ByteBuffer samples = ByteBuffer.allocate(4 * FRAMES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2 * FRAMES; i++) {
            samples.putShort(LOUD);
        }
        return samples.array();
    }

    private static PcmFile open(SoundSystem system, PcmStream stream) {
        PcmFile file =
                Streams.open(system.cards().getFirst().card().devices().getFirst(), stream, 0);
        return Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 64, FRAMES));
    }

    private void play(SoundSystem system) {
        PcmFile file = open(system, PcmStream.PLAYBACK);
        Streams.check(file.transfer(Streams.from(constant(), 0), FRAMES));
        clock.advance(1_000_000_000L);
        system.cards().getFirst().card().tick();
        file.close();
    }

    private static short sample(WavFile file, int index) {
        return file.samples().getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index);
    }

    /** −6 dB on the left, silence on the right; each card's own steps of its Master. */
    @ParameterizedTest
    @CsvSource({
        "null, Master Volume, 80",
        "loopback, Master Playback Volume, 88",
        "wav:out=unused.wav, Master Playback Volume, 88",
    })
    void whatTheMixerSaysIsWhatIsRecorded(String kind, String master, int minusSix)
            throws IOException {
        String colon = kind.contains(":") ? "," : ":";
        String spec = kind.replace("unused", dir + "/out") + colon + "record=" + dir;
        try (SoundSystem system = create(spec)) {
            TestMixer mixer = new TestMixer(system.cards().getFirst());
            Streams.check(mixer.write(master, minusSix, 100));
            Streams.check(mixer.write("Master Playback Switch", 1, 0));
            play(system);
        }

        try (WavFile file = WavFile.open(dir.resolve("card0-pcm0p-sub0-1.wav"))) {
            assertThat(file.frames()).isEqualTo(FRAMES);
            for (int frame = 0; frame < FRAMES; frame++) {
                // 32846 / 65536
                assertThat(sample(file, 2 * frame)).isEqualTo((short) 5012);
                assertThat(sample(file, 2 * frame + 1)).isZero();
            }
        }
        if (kind.startsWith("wav")) {
            try (WavFile file = WavFile.open(dir.resolve("out.wav"))) {
                assertThat(sample(file, 0)).isEqualTo((short) 5012);
            }
        }
    }

    @Test
    void theCaptureVolumeIsThatOfTheMicrophone() throws IOException {
        try (SoundSystem system = create("wav:out=" + dir.resolve("mic.wav"))) {
            play(system);
        }
        try (SoundSystem system = create("null:mic=" + dir.resolve("mic.wav"))) {
            Streams.check(new TestMixer(system.cards().getFirst()).write("Capture Volume", 88, 0));
            PcmFile file = open(system, PcmStream.CAPTURE);
            Streams.check(file.start());
            clock.advance(10_000_000L);
            byte[] recorded = new byte[4 * 80];

            assertThat(file.transfer(Streams.into(recorded, 0), 80)).isEqualTo(80);

            ByteBuffer samples = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
            for (int frame = 0; frame < 80; frame++) {
                assertThat(samples.getShort(4 * frame)).isEqualTo((short) 5012);
                assertThat(samples.getShort(4 * frame + 2)).isZero();
            }
            file.close();
        }
    }
}
