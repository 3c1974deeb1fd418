package io.pcmshare.server.config;

import io.pcmshare.server.SessionLimits;
import io.pcmshare.server.policy.Rule;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * What a server is told to be. Every key is in {@code docs/serve.md}.
 *
 * @param places where it is found and what it writes
 * @param time who moves its time
 * @param monitor its web page; {@code null} for none
 * @param cards in the order of their numbers; none for those of the machine, as they come and go
 * @param devices where streams go that name no device
 * @param limits how much of it clients may take
 * @param rules the policy's, in their order; behind them stand {@link Rule#defaults}
 */
public record ServerConfig(
        Places places,
        TimeMode time,
        @Nullable MonitorConfig monitor,
        List<CardConfig> cards,
        DefaultDevices devices,
        SessionLimits limits,
        List<Rule> rules) {
    /** Copies the lists. */
    public ServerConfig {
        cards = List.copyOf(cards);
        rules = List.copyOf(rules);
    }

    /**
     * Where a server is found and what it writes.
     *
     * @param socket where clients connect
     * @param control where commands connect
     * @param guests where programs are handed over that do not know us
     * @param audit the file that a line is added to for each decision; {@code null} for none
     */
    public record Places(Path socket, Path control, Path guests, @Nullable Path audit) {
        /** With the guests beside the clients. */
        public Places(Path socket, Path control, @Nullable Path audit) {
            this(socket, control, socket.resolveSibling("guests"), audit);
        }

        /** Where nobody said where. */
        public static Places of(DefaultPaths paths) {
            return new Places(paths.socket(), paths.control(), paths.guests(), null);
        }
    }

    /**
     * Where streams go that name no device.
     *
     * @param playback {@code CARD,DEVICE:playback}; {@code null} for the first that can
     * @param capture {@code CARD,DEVICE:capture}; {@code null} for the first that can
     */
    public record DefaultDevices(@Nullable String playback, @Nullable String capture) {
        /** The first that can. */
        public static final DefaultDevices FIRST = new DefaultDevices(null, null);
    }

    /** The same with other cards. */
    public ServerConfig withCards(List<CardConfig> others) {
        return new ServerConfig(places, time, monitor, others, devices, limits, rules);
    }

    /** The same with another web page. */
    public ServerConfig withMonitor(MonitorConfig other) {
        return new ServerConfig(places, time, other, cards, devices, limits, rules);
    }

    /** Where nobody says anything: the machine's cards, or one that plays nowhere. */
    public static ServerConfig defaults() {
        return new ServerConfig(
                Places.of(DefaultPaths.ofProcess()),
                TimeMode.REAL,
                null,
                List.of(),
                DefaultDevices.FIRST,
                SessionLimits.USUAL,
                List.of());
    }

    /**
     * Reads a file and checks all of it.
     *
     * @throws ConfigException with everything that is wrong, also where the file cannot be read
     */
    public static ServerConfig read(Path file) throws ConfigException {
        return new ConfigReader(DefaultPaths.ofProcess(), Users.ofMachine()).read(file);
    }
}
