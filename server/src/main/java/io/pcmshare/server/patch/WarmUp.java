package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.CardKind;
import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RegionSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the virtual machine compile what mixes, before anybody listens: in its first second an
 * interpreter would take longer than a device has queued.
 */
public final class WarmUp {
    private static final long PIECE_NANOS = 10_000_000L;
    private static final int PIECES = 150;

    private WarmUp() {}

    /** Plays and records silence of all kinds, on a card that is nowhere, in a time of its own. */
    public static void run(RegionSource regions) throws IOException {
        ManualClock clock = new ManualClock(0, 0);
        try (SoundCard card =
                        SoundSystem.createCard(0, CardSpec.of(CardKind.NULL), clock, regions);
                Bay bay = new Bay(clock, regions)) {
            bay.add(card, DeviceWish.ANY);
            Lockstep time = new Lockstep(List.of(bay.card(), card.card()), List.of(), clock);
            List<BayStream> streams = new ArrayList<>();
            for (StreamWish wish : wishes()) {
                streams.add(bay.open(wish));
            }
            for (BayStream stream : streams) {
                runOn(stream.file());
            }
            for (int i = 0; i < PIECES; i++) {
                time.elapse(PIECE_NANOS);
            }
            streams.forEach(BayStream::close);
        } catch (PcmOpenException e) {
            throw new IOException("warming up: " + e.getMessage(), e);
        }
    }

    private static void runOn(PcmFile file) {
        long boundary = file.geometry().boundary();
        // what they answer does not matter: one that does not run warms nothing up
        var _ = file.swParams(file.currentSwParams().withStopThreshold(boundary));
        var _ = file.substream().isCapture() ? 0 : file.applPtr(file.geometry().bufferSize());
        var _ = file.start();
    }

    private static List<StreamWish> wishes() {
        List<StreamWish> wishes = new ArrayList<>();
        for (PcmFormat format : List.of(PcmFormat.S16_LE, PcmFormat.S32_LE, PcmFormat.FLOAT_LE)) {
            for (int rate : new int[] {48_000, 44_100}) {
                Voice voice = Voice.of(format, 2, rate);
                wishes.add(wish(StreamWish.Kind.PLAYBACK, StreamWish.Mode.SHARED, voice));
            }
        }
        Voice common = Voice.of(PcmFormat.S16_LE, 2, 48_000);
        wishes.add(wish(StreamWish.Kind.PLAYBACK, StreamWish.Mode.LOW_LATENCY, common));
        wishes.add(wish(StreamWish.Kind.MONITOR, StreamWish.Mode.SHARED, common));
        return wishes;
    }

    private static StreamWish wish(StreamWish.Kind kind, StreamWish.Mode mode, Voice voice) {
        return new StreamWish(kind, mode, voice, null, 0, 0);
    }
}
