package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmFile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** What a cable's elements do; what they show is in {@link RecordedCableTest}. */
final class LoopbackElementsTest {
    private final ManualClock clock = new ManualClock();

    /** Recorded after two seconds at 48000 Hz and a shift of 120000: 80160 frames, not 96000. */
    @Test
    void aRateShiftMakesEveryFrameOfBothEndsThatMuchLonger() throws IOException {
        try (SoundSystem system =
                SoundSystem.create(
                        List.of(CardSpec.of(CardKind.LOOPBACK)), clock, new ArenaRegions())) {
            TestMixer mixer = new TestMixer(system.cards().getFirst());
            Streams.check(mixer.write(1, "PCM Rate Shift 100000", 120_000));
            // the element of the device that plays is that of the other cable
            Streams.check(mixer.write(0, "PCM Rate Shift 100000", 80_000));
            Card card = system.cards().getFirst().card();
            PcmFile player = running(card, 0, PcmStream.PLAYBACK);
            PcmFile recorder = running(card, 1, PcmStream.CAPTURE);
            clock.advance(2_000_000_000L);

            assertThat(player.hwsync()).isZero();
            assertThat(player.hwPtr()).isEqualTo(80_000);
            assertThat(recorder.hwsync()).isZero();
            assertThat(recorder.hwPtr()).isEqualTo(80_000);

            Streams.check(mixer.write(1, "PCM Rate Shift 100000", 80_000));
            Streams.check(player.hwsync());
            clock.advance(1_000_000_000L);
            assertThat(player.hwsync()).isZero();
            assertThat(player.hwPtr()).isEqualTo(80_000 + 60_000);
            player.close();
            recorder.close();
        }
    }

    /** A stream that runs whatever its client does. */
    private static PcmFile running(Card card, int device, PcmStream stream) {
        PcmFile file = Streams.open(card.devices().get(device), stream, 0);
        Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, 48_000, 480, 1920));
        Streams.check(file.swParams(file.currentSwParams().withStopThreshold(Long.MAX_VALUE / 4)));
        if (stream == PcmStream.PLAYBACK) {
            Streams.check(file.transfer(Streams.from(new byte[4 * 1920], 0), 1920));
        } else {
            Streams.check(file.start());
        }
        return file;
    }

    @Test
    void theClockOfACableDoesNotDriftWhateverItsShift() {
        int[] shift = {0};
        CableClock cable = new CableClock(() -> shift[0]);
        for (int s : new int[] {80_000, 99_999, 100_000, 100_001, 120_000}) {
            shift[0] = s;
            cable.start(0, 44_100);
            // a hundred days
            long frames = 44_100L * 86_400 * 100 + 1;
            long nanos = cable.nanosAt(frames);

            assertThat(cable.frames(nanos)).isEqualTo(frames);
            assertThat(cable.frames(nanos - 1)).isEqualTo(frames - 1);
        }
    }
}
