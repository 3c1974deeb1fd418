package io.pcmshare.cards;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.timer.Timers;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sound of a machine: cards, numbered from 0 on, and the timers of all, on one clock. Owns the
 * cards.
 *
 * <p>Threads: made and closed by one; what it hands out says for itself.
 */
public final class SoundSystem implements Closeable {
    private final List<SoundCard> cards;
    private final Timers timers;
    private final Closer owned;

    SoundSystem(List<SoundCard> cards, Timers timers, Closer owned) {
        this.cards = List.copyOf(cards);
        this.timers = timers;
        this.owned = owned;
    }

    /** Makes cards that nobody listens to. */
    public static SoundSystem create(List<CardSpec> specs, CardClock clock, RegionSource regions)
            throws IOException {
        return create(specs, clock, regions, TapFactory.NONE);
    }

    /**
     * Makes the cards.
     *
     * @param specs in the order of their numbers
     * @param clock the time that all run by
     * @param regions where the memory of streams comes from
     * @param taps told of each stream that is opened on any of them
     * @throws CardSpecException where two cards have the same {@code id=}, a card cannot be what
     *     its file is, or a mixer cannot play on the card that it was given
     * @throws IOException where a file cannot be read; nothing is left open then
     */
    public static SoundSystem create(
            List<CardSpec> specs, CardClock clock, RegionSource regions, TapFactory taps)
            throws IOException {
        Timers timers = new Timers(clock);
        CardNames names = new CardNames(specs);
        List<CardDescription> descriptions = specs.stream().map(names::next).toList();
        List<Integer> order = MixPlan.order(specs);
        Map<Integer, SoundCard> cards = new TreeMap<>();
        Closer owned = new Closer();
        try {
            // what a mixer plays on is made before it, and so closed behind it
            for (int number : order) {
                CardSpec spec = specs.get(number);
                CardFactory factory = new CardFactory(spec, clock, regions, timers, taps);
                SoundCard card = factory.create(number, descriptions.get(number), cards);
                owned.add(card);
                cards.put(number, card);
            }
        } catch (IOException | RuntimeException e) {
            closing(owned, e);
            throw e;
        }
        return new SoundSystem(List.copyOf(cards.values()), timers, owned);
    }

    /**
     * Makes one card more, which is the caller's; one that plays on another card cannot be.
     *
     * @param number of the card
     * @param clock the time that it runs by
     * @param regions where the memory of its streams comes from
     * @throws CardSpecException where the card cannot be what its file is
     * @throws IOException where a file cannot be read; nothing is left open then
     */
    public static SoundCard createCard(
            int number, CardSpec spec, CardClock clock, RegionSource regions) throws IOException {
        if (spec.target() instanceof CardTarget.Mix) {
            throw new CardSpecException("A card of its own has no other card to play on.");
        }
        CardDescription description = new CardNames(List.of(spec)).next(spec);
        return new CardFactory(spec, clock, regions, new Timers(clock), TapFactory.NONE)
                .create(number, description, Map.of());
    }

    /** Closes what is open already and adds what fails by that. */
    static void closing(Closer owned, Exception failure) {
        try {
            owned.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** The cards, in the order of their numbers. */
    public List<SoundCard> cards() {
        return cards;
    }

    /** The system timer, and one for each substream. */
    public Timers timers() {
        return timers;
    }

    /**
     * Disconnects all cards and finishes their files, the last card first, but each before the one
     * that it plays on. Idempotent.
     *
     * @throws IOException what went wrong first; what went wrong besides is added to it
     */
    @Override
    public void close() throws IOException {
        owned.close();
    }
}
