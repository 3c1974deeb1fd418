package io.pcmshare.cli.server;

import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/**
 * What somebody who looks at {@code top} has chosen.
 *
 * @param selected the number of a stream; where that has gone the first one is
 * @param sort the order of the streams
 * @param mode what the next key is an answer to
 * @param message of what went wrong last; empty for nothing
 */
record TopView(long selected, Sort sort, Mode mode, String message) {
    /** Nothing is chosen yet. */
    static final TopView FIRST = new TopView(-1, Sort.NUMBER, Mode.LIST, "");

    /** What comes first. */
    enum Sort {
        /** As they were opened. */
        NUMBER,
        /** By the name of the program. */
        PROGRAM,
        /** The loudest first. */
        LEVEL,
        /** The slowest first. */
        LATENCY,
        /** The most first. */
        XRUNS;

        Sort next() {
            return switch (this) {
                case NUMBER -> PROGRAM;
                case PROGRAM -> LEVEL;
                case LEVEL -> LATENCY;
                case LATENCY -> XRUNS;
                case XRUNS -> NUMBER;
            };
        }

        private Comparator<StreamState> order() {
            Comparator<StreamState> order =
                    switch (this) {
                        case NUMBER -> Comparator.comparingLong(StreamState::number);
                        case PROGRAM ->
                                Comparator.comparing(
                                        stream -> Cells.program(stream.program(), stream.pid()));
                        case LEVEL ->
                                Comparator.comparingDouble(StreamState::peakDecibels).reversed();
                        case LATENCY ->
                                Comparator.comparingLong(StreamState::latencyNanos).reversed();
                        case XRUNS -> Comparator.comparingLong(StreamState::xruns).reversed();
                    };
            return order.thenComparingLong(StreamState::number);
        }
    }

    /** What the next key is an answer to. */
    enum Mode {
        /** Nothing was asked. */
        LIST,
        /** The help is shown. */
        HELP,
        /** Which device? */
        MOVE,
        /** Really? */
        REVOKE
    }

    TopView select(long stream) {
        return new TopView(stream, sort, mode, "");
    }

    TopView sort(Sort other) {
        return new TopView(selected, other, mode, "");
    }

    TopView mode(Mode other) {
        return new TopView(selected, sort, other, "");
    }

    TopView message(String sentence) {
        return new TopView(selected, sort, mode, sentence);
    }

    /** The streams in their order. */
    List<StreamState> streams(ServerState state) {
        return state.streams().stream().sorted(sort.order()).toList();
    }

    /** Where in {@link #streams} the chosen one is; 0 also where there is none. */
    int place(List<StreamState> streams) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).number() == selected) {
                return i;
            }
        }
        return 0;
    }

    /** The chosen stream; {@code null} where there are none. */
    @Nullable StreamState stream(ServerState state) {
        List<StreamState> streams = streams(state);
        return streams.isEmpty() ? null : streams.get(place(streams));
    }

    /** Where the chosen stream could go. */
    List<String> places(ServerState state) {
        StreamState stream = stream(state);
        if (stream == null) {
            return List.of();
        }
        String direction = stream.kind().equals("capture") ? "capture" : "playback";
        return state.devices().stream()
                .filter(device -> device.direction().equals(direction))
                .filter(device -> !device.state().equals("gone"))
                .map(device -> device.name())
                .filter(name -> !name.equals(stream.device()))
                .limit(TopKeys.MOST_CHOICES)
                .toList();
    }
}
