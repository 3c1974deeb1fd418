package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.cards.WavFile;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.Lockstep;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.share.owner.MemfdRegions;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A bay with cards, in lockstep with clients that are stepped by hand. */
final class BayRig implements AutoCloseable {
    final ManualClock clock = new ManualClock(1_000_000_000L, 0);
    final SoundSystem system;
    final Bay bay;
    final Lockstep lockstep;
    private final List<TestClient> clients = new ArrayList<>();

    BayRig(DeviceWish wish, String... specs) throws IOException {
        system = SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new MemfdRegions());
        bay = new Bay(clock, new MemfdRegions());
        system.cards().forEach(card -> bay.add(card, wish));
        List<Card> cards = new ArrayList<>();
        cards.add(bay.card());
        system.cards().forEach(card -> cards.add(card.card()));
        lockstep = new Lockstep(cards, List.of(), clock);
    }

    BayDevice device(String name) {
        return Objects.requireNonNull(bay.device(name), name);
    }

    TestClient play(PcmFormat format, int channels, int rate, byte[] samples)
            throws PcmOpenException {
        return play(StreamWish.Mode.SHARED, Voice.of(format, channels, rate), 0, samples);
    }

    TestClient play(StreamWish.Mode mode, Voice voice, long periodSize, byte[] samples)
            throws PcmOpenException {
        StreamWish wish =
                new StreamWish(StreamWish.Kind.PLAYBACK, mode, voice, null, periodSize, 0);
        return add(new TestClient(bay.open(wish), MemorySegment.ofArray(samples)));
    }

    TestClient record(StreamWish.Kind kind, Voice voice, long frames) throws PcmOpenException {
        StreamWish wish = new StreamWish(kind, StreamWish.Mode.SHARED, voice, null, 0, 0);
        BayStream stream = bay.open(wish);
        byte[] room = new byte[(int) stream.file().params().bytes(frames)];
        return add(new TestClient(stream, MemorySegment.ofArray(room)));
    }

    private TestClient add(TestClient client) {
        clients.add(client);
        return client;
    }

    /** Lets everybody do what he can, and time move by a step. */
    void step() {
        clients.forEach(TestClient::work);
        if (!lockstep.step()) {
            lockstep.elapse(1_000_000);
        }
    }

    /** Until all who play were heard, and all who record have what they wanted. */
    void runAll() {
        for (int i = 0; i < 200_000; i++) {
            if (clients.stream().allMatch(TestClient::isDone)) {
                drainDevices();
                return;
            }
            step();
        }
        throw new AssertionError("not done: " + clients);
    }

    void runUntilMoved(TestClient client, long frames) {
        while (client.moved() < frames) {
            step();
            if (client.stream.file().state() == PcmState.XRUN) {
                throw new AssertionError("xrun of " + client);
            }
        }
    }

    private void drainDevices() {
        lockstep.elapse(1_000_000_000L);
    }

    /** What a card's file holds; the cards are closed by that. */
    byte[] heard(Path out) throws IOException {
        close();
        try (WavFile wav = WavFile.open(out)) {
            return wav.samples().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void close() throws IOException {
        bay.close();
        system.close();
    }
}
