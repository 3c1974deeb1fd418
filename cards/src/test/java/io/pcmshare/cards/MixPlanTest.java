package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which card a mixer plays on, and as what. */
@NoFdLeaks
final class MixPlanTest {
    private static final int RATE = 8000;
    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private SoundSystem create(String... specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions());
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
