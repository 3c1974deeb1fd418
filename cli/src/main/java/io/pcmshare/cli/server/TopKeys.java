package io.pcmshare.cli.server;

import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the keys of {@code top} do. */
final class TopKeys {
    /** Devices that a digit can name. */
    static final int MOST_CHOICES = 9;

    /** The key with an arrow up. */
    static final String UP = "up";

    /** The key with an arrow down. */
    static final String DOWN = "down";

    /** Escape. */
    static final String ESCAPE = "escape";

    private static final double STEP_DECIBELS = 1;
    private static final double MOST_DECIBELS = 20;
    private static final double LEAST_DECIBELS = -60;

    private TopKeys() {}

    /** What is done to the server. */
    @FunctionalInterface
    interface Act {
        void on(ServerControl server) throws ControlException;
    }

    /**
     * What a key leads to.
     *
     * @param view what is shown then
     * @param act what the server is asked for; {@code null} for nothing
     * @param ends whether it is over
     */
    record Reaction(TopView view, @Nullable Act act, boolean ends) {
        static Reaction of(TopView view) {
            return new Reaction(view, null, false);
        }

        static Reaction of(TopView view, Act act) {
            return new Reaction(view, act, false);
        }
    }

    /**
     * What a key does.
     *
     * @param key a character, or one of the words above
     */
    static Reaction press(TopView view, String key, ServerState state) {
        return switch (view.mode()) {
            case LIST -> list(view, key, state);
            case HELP -> Reaction.of(view.mode(TopView.Mode.LIST));
            case MOVE -> move(view, key, state);
            case REVOKE -> revoke(view, key, state);
        };
    }

    private static Reaction list(TopView view, String key, ServerState state) {
        StreamState stream = view.stream(state);
        return switch (key) {
            case "q" -> new Reaction(view, null, true);
            case "?", "h" -> Reaction.of(view.mode(TopView.Mode.HELP));
            case "s" -> Reaction.of(view.sort(view.sort().next()));
            case UP, "k" -> Reaction.of(step(view, state, -1));
            case DOWN, "j" -> Reaction.of(step(view, state, 1));
            default -> stream == null ? Reaction.of(view) : stream(view, key, stream, state);
        };
    }

    private static TopView step(TopView view, ServerState state, int by) {
        List<StreamState> streams = view.streams(state);
        if (streams.isEmpty()) {
            return view;
        }
        int place = Math.clamp(view.place(streams) + by, 0, streams.size() - 1);
        return view.select(streams.get(place).number());
    }

    private static Reaction stream(
            TopView view, String key, StreamState stream, ServerState state) {
        // what is asked about next stays the same one, whatever comes first then
        TopView held = view.select(stream.number());
        long number = stream.number();
        return switch (key) {
            case "m" -> Reaction.of(held, server -> server.mute(number, !stream.muted()));
            case "+", "=" -> volume(held, stream, STEP_DECIBELS);
            case "-" -> volume(held, stream, -STEP_DECIBELS);
            case "r" -> Reaction.of(held.mode(TopView.Mode.REVOKE));
            case "v" ->
                    Reaction.of(
                            held.places(state).isEmpty()
                                    ? held.message("There is no other device for it.")
                                    : held.mode(TopView.Mode.MOVE));
            default -> Reaction.of(view);
        };
    }

    private static Reaction volume(TopView view, StreamState stream, double by) {
        double from = Math.max(LEAST_DECIBELS, stream.volumeDecibels());
        double to = Math.min(MOST_DECIBELS, from + by);
        double decibels = to < LEAST_DECIBELS ? Double.NEGATIVE_INFINITY : to;
        return Reaction.of(view, server -> server.volume(stream.number(), decibels));
    }

    private static Reaction move(TopView view, String key, ServerState state) {
        List<String> places = view.places(state);
        int choice = key.length() == 1 ? key.charAt(0) - '1' : -1;
        TopView after = view.mode(TopView.Mode.LIST);
        if (choice < 0 || choice >= places.size() || !isThere(view, state)) {
            return Reaction.of(after);
        }
        return Reaction.of(after, server -> server.move(view.selected(), places.get(choice)));
    }

    private static Reaction revoke(TopView view, String key, ServerState state) {
        TopView after = view.mode(TopView.Mode.LIST);
        return key.equals("y") && isThere(view, state)
                ? Reaction.of(after, server -> server.revoke(view.selected()))
                : Reaction.of(after);
    }

    /** The stream that was asked about may have ended meanwhile. */
    private static boolean isThere(TopView view, ServerState state) {
        return state.streams().stream().anyMatch(stream -> stream.number() == view.selected());
    }
}
