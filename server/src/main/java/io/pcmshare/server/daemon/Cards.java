package io.pcmshare.server.daemon;

import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.CardSpecException;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.server.Timekeeper;
import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.DeviceWish;
import io.pcmshare.share.owner.MemfdRegions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The cards of a server, which come and go. Owns them. Threads: control. */
final class Cards implements AutoCloseable {
    /** So long a stream may take to leave a card that goes. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final Bay bay;
    private final CardClock clock;
    private final Consumer<List<Card>> onChange;
    private final Map<Integer, SoundCard> cards = new TreeMap<>();

    /** Those that are going, and until when their streams may take to leave. */
    private final Map<Integer, Long> going = new TreeMap<>();

    /**
     * None yet.
     *
     * @param onChange told whose time has to be kept; see {@link Timekeeper#cards}
     */
    Cards(Bay bay, CardClock clock, Consumer<List<Card>> onChange) {
        this.bay = bay;
        this.clock = clock;
        this.onChange = onChange;
    }

    /** Everything whose time has to be kept: the bay's card first, which plays on the others. */
    List<Card> ticking() {
        List<Card> all = new ArrayList<>();
        all.add(bay.card());
        cards.values().forEach(card -> all.add(card.card()));
        return all;
    }

    /**
     * Adds a card with the first number that is free.
     *
     * @throws ControlException in a sentence, where it cannot be what was asked for
     */
    int add(CardConfig config) throws ControlException {
        int number = 0;
        while (cards.containsKey(number)) {
            number++;
        }
        try {
            SoundCard card =
                    SoundSystem.createCard(number, config.spec(), clock, new MemfdRegions());
            cards.put(number, card);
            bay.add(
                    card,
                    new DeviceWish(
                            config.rate(),
                            config.channels(),
                            config.format(),
                            config.periodFrames(),
                            config.shared(),
                            config.exclusive()));
        } catch (CardSpecException e) {
            throw new ControlException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ControlException("Card \"" + config.text() + "\": " + e.getMessage() + ".");
        }
        onChange.accept(ticking());
        return number;
    }

    /** As {@link #add(CardConfig)}, of a text as for {@code run --card}. */
    int add(String spec) throws ControlException {
        try {
            return add(new CardConfig(spec, CardSpec.parse(spec), 0, 0, 0, null, true, true));
        } catch (CardSpecException e) {
            throw new ControlException(String.valueOf(e.getMessage()));
        }
    }

    /** Lets a card go: its streams leave it first. */
    void remove(int number) throws ControlException {
        if (!cards.containsKey(number)) {
            throw new ControlException(
                    "There is no card " + number + "; there are " + cards.keySet() + ".");
        }
        if (going.putIfAbsent(number, System.nanoTime() + PATIENCE_NANOS) == null) {
            bay.retire(number);
        }
        doWork();
    }

    /** Whether a card is about to go. */
    boolean isBusy() {
        return !going.isEmpty();
    }

    /** Closes cards that nobody has a way to any more. */
    void doWork() {
        for (Map.Entry<Integer, Long> each : List.copyOf(going.entrySet())) {
            int number = each.getKey();
            boolean patient = System.nanoTime() - each.getValue() < 0;
            if (!bay.isUsed(number) || !patient) {
                going.remove(number);
                bay.remove(number);
                SoundCard card = cards.remove(number);
                onChange.accept(ticking());
                if (card != null) {
                    close(card);
                }
            }
        }
    }

    private static void close(SoundCard card) {
        try {
            card.close();
        } catch (IOException e) {
            System.getLogger(Cards.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "Card \"{0}\" could not be finished: {1}",
                            card.card().id(),
                            e.getMessage());
        }
    }

    /** Closes all. */
    @Override
    public void close() {
        List.copyOf(cards.values()).forEach(Cards::close);
        cards.clear();
    }
}
