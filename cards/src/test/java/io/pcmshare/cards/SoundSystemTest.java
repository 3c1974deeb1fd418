package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.ElemId;
import io.pcmshare.core.ctl.Gain;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sound of a machine, made of what was asked for. */
@NoFdLeaks
final class SoundSystemTest {
    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private SoundSystem create(String... specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions());
    }

    /** Names recorded from Linux 6.1: aplay -l, amixer info, /proc/asound/cards. */
    @Test
    void cardsAreNumberedInOrderAndNamedAsTheKernelNamesThem() throws IOException {
        try (SoundSystem system = create("null", "loopback", "null", "wav:out=a.wav,id=Dummy_1")) {
            List<SoundCard> cards = system.cards();

            assertThat(cards).extracting(card -> card.card().number()).containsExactly(0, 1, 2, 3);
            assertThat(cards)
                    .extracting(card -> card.card().id())
                    .containsExactly("Dummy", "Loopback", "Dummy_2", "Dummy_1");
            assertThat(cards.get(1).controls().description())
                    .isEqualTo(
                            new CardDescription(
                                    "Loopback",
                                    "Loopback",
                                    "Loopback",
                                    "Loopback 1",
                                    "Loopback Mixer",
                                    ""));
            assertThat(cards.get(2).controls().description().longName()).isEqualTo("Dummy 2");
            PcmDevice loopback = cards.get(1).card().devices().get(1);
            assertThat(loopback.name()).isEqualTo("Loopback PCM");
            assertThat(loopback.subdevicesCount(PcmStream.CAPTURE)).isEqualTo(8);
        }
    }

    @Test
    void whatWasSaidOfACardIsTheCard() throws IOException {
        try (SoundSystem system = create("null:id=Front,name=My card,substreams=3,rate=8000")) {
            SoundCard card = system.cards().getFirst();
            PcmDevice device = card.card().devices().getFirst();

            assertThat(card.card().id()).isEqualTo("Front");
            assertThat(card.card().name()).isEqualTo("My card");
            assertThat(device.subdevicesCount(PcmStream.PLAYBACK)).isEqualTo(3);
            PcmFile file = Streams.open(device, PcmStream.PLAYBACK, 0);
            Streams.check(file.hwParams(Streams.params(PcmFormat.U8, 1, 8000, 64, 256)));
            assertThat(file.hwParams(Streams.params(PcmFormat.U8, 1, 44_100, 64, 256)))
                    .isNegative();
            file.close();
        }
    }

    @Test
    void theElementsOfADriverComeFirstAndOneMasterIsHeard() throws IOException {
        try (SoundSystem system = create("null", "loopback", "wav:out=a.wav")) {
            assertThat(numid(system, 0, ElemId.mixer("Master Volume"))).isEqualTo(1);
            assertThat(numid(system, 0, ElemId.mixer("External I/O Box"))).isEqualTo(11);
            assertThat(numid(system, 0, ElemId.mixer("Master Playback Volume"))).isZero();
            assertThat(numid(system, 0, ElemId.mixer("Master Playback Switch"))).isEqualTo(12);
            assertThat(numid(system, 1, ElemId.pcm(1, 7, "PCM Slave Channels"))).isEqualTo(96);
            assertThat(numid(system, 1, ElemId.mixer("Master Playback Volume"))).isEqualTo(97);
            assertThat(numid(system, 2, ElemId.mixer("Master Playback Volume"))).isEqualTo(1);

            for (SoundCard card : system.cards()) {
                assertThat(card.volume().playback().gainQ16(1)).isEqualTo(Gain.UNITY);
                Streams.check(new TestMixer(card).write("Master Playback Switch", 0, 0));
                assertThat(card.volume().playback().gainQ16(1)).isZero();
            }
        }
    }

    private static int numid(SoundSystem system, int card, ElemId id) {
        var control = system.cards().get(card).controls().find(id);
        return control == null ? 0 : control.numid();
    }

    @Test
    void nothingIsLeftOpenWhenTheSecondCardFails() throws IOException {
        Path good = dir.resolve("good.wav");
        try (WavRecorder recorder =
                new WavRecorder(good, new WavFormat(PcmFormat.S16_LE, 2, 8000))) {
            recorder.write(MemorySegment.NULL, 0, 0);
        }
        Path bad = Files.writeString(dir.resolve("bad.wav"), "no sound at all");

        assertThatThrownBy(() -> create("wav:in=" + good, "wav:in=" + bad))
                .isInstanceOf(WavFormatException.class)
                .hasMessageContaining("is not a WAV file");
    }

    @Test
    void aFileThatTheCardMayNotPlayIsRefused() throws IOException {
        Path file = dir.resolve("in.wav");
        new WavRecorder(file, new WavFormat(PcmFormat.S16_LE, 2, 8000)).close();

        assertThatThrownBy(() -> create("wav:rate=48000,in=" + file))
                .isInstanceOf(CardSpecException.class)
                .hasMessage(
                        "in=%s with rate=8000 leaves nothing of what the card can do (48000).",
                        file);
    }

    @Test
    void twoCardsCannotHaveOneId() {
        assertThatThrownBy(() -> create("null:id=A", "loopback:id=A"))
                .isInstanceOf(CardSpecException.class)
                .hasMessage("Two cards have id=A.");
    }

    @Test
    void closingFinishesEveryFileAndHappensOnce() throws IOException {
        SoundSystem system =
                create("wav:out=" + dir.resolve("a.wav"), "wav:out=" + dir.resolve("b.wav"));
        for (SoundCard card : system.cards()) {
            PcmFile file = Streams.open(card.card().devices().getFirst(), PcmStream.PLAYBACK, 0);
            Streams.check(file.hwParams(Streams.params(PcmFormat.S16_LE, 2, 8000, 64, 256)));
            file.close();
        }

        system.close();
        system.close();

        try (WavFile first = WavFile.open(dir.resolve("a.wav"));
                WavFile second = WavFile.open(dir.resolve("b.wav"))) {
            assertThat(first.frames()).isEqualTo(second.frames()).isZero();
        }
    }
}
