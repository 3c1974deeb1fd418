package io.pcmshare.server.config;

import io.pcmshare.server.SessionLimits;
import io.pcmshare.server.policy.Rule;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a server's file. */
final class ConfigReader {
    private static final int MAX_PORT = 65535;
    private static final int MAX_SESSIONS = 4096;
    private static final String LOCAL = "127.0.0.1";

    /** {@code 0}, {@code 0,1}, {@code Studio,0:playback}. */
    private static final Pattern DEVICE =
            Pattern.compile("([A-Za-z0-9_-]+)(?:,(\\d{1,3}))?(?::(playback|capture))?");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    private final DefaultPaths paths;
    private final Users users;

    /** With what a file does not say. */
    ConfigReader(DefaultPaths paths, Users users) {
        this.paths = paths;
        this.users = users;
    }

    ServerConfig read(Path file) throws ConfigException {
        Problems problems = new Problems(file.toString());
        String text = "";
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            problems.add(null, "there is no such file.");
        } catch (CharacterCodingException e) {
            problems.add(null, "this is no text in UTF-8.");
        } catch (IOException e) {
            problems.add(null, "it cannot be read: " + e.getMessage() + ".");
        }
        problems.check();
        return parse(text, problems);
    }

    /** What a text says that is not in a file. */
    ServerConfig parse(String text, Problems problems) throws ConfigException {
        TomlParseResult parsed = Toml.parse(text, TomlVersion.V1_0_0);
        problems.unreadable(parsed.errors());
        Section root = new Section(parsed, null, problems);
        Section server = root.table("server");
        Path socket = path(server, "socket", paths.socket());
        ServerConfig.Places places =
                new ServerConfig.Places(
                        socket,
                        path(server, "control", paths.control()),
                        path(server, "guests", guestsOf(socket)),
                        audit(server));
        TimeMode time = server.word("time", List.of(TimeMode.values()));
        MonitorConfig monitor = monitor(server);
        server.close();
        if (places.socket().equals(places.control())) {
            server.wrong("control", "socket and control must be two places.");
        }
        if (places.guests().equals(places.control()) || places.guests().equals(places.socket())) {
            server.wrong("guests", "socket, control and guests must be three places.");
        }
        List<CardConfig> cards = cards(root, problems);
        Section names = root.table("default");
        ServerConfig.DefaultDevices devices =
                new ServerConfig.DefaultDevices(
                        device(names, "playback", cards), device(names, "capture", cards));
        names.close();
        SessionLimits limits = limits(root.table("limits"));
        List<Rule> rules = new ArrayList<>();
        for (Section rule : root.tables("rule")) {
            rules.add(new RuleReader(rule, users, problems).read(null));
        }
        root.close();
        problems.check();
        TimeMode mode = time == null ? TimeMode.REAL : time;
        return new ServerConfig(places, mode, monitor, cards, devices, limits, rules);
    }

    /** A server that is elsewhere is so altogether: two of them do not meet at a third place. */
    private Path guestsOf(Path socket) {
        return socket.equals(paths.socket())
                ? paths.guests()
                : socket.resolveSibling(socket.getFileName() + ".guests");
    }

    private List<CardConfig> cards(Section root, Problems problems) {
        return new CardReader(problems).readAll(root.tables("card"));
    }

    private static @Nullable Path path(Section section, String key, String example) {
        String said = section.text(key, example);
        if (said == null) {
            return null;
        }
        try {
            if (!said.isEmpty()) {
                return Path.of(said);
            }
            section.wrong(key, key + " = \"\" is no path; leave it out for the usual one.");
        } catch (InvalidPathException e) {
            section.wrong(key, key + " is no path: " + e.getReason() + ".");
        }
        return null;
    }

    private static Path path(Section section, String key, Path otherwise) {
        Path said = path(section, key, otherwise.toString());
        return said == null ? otherwise : said;
    }

    private static @Nullable Path audit(Section server) {
        Path audit = path(server, "audit", "/var/log/pcmshare.log");
        if (audit == null) {
            return null;
        }
        Path folder = audit.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            server.wrong("audit", "there is no folder " + folder + ": create it.");
        } else if (Files.isDirectory(audit)) {
            server.wrong("audit", audit + " is a folder: name a file in it.");
        }
        return audit;
    }

    private static @Nullable MonitorConfig monitor(Section server) {
        Section monitor = server.tableOrNone("monitor");
        if (monitor == null) {
            return null;
        }
        Integer port = monitor.number("port", 0, MAX_PORT);
        String address = monitor.text("address", LOCAL);
        Path token = path(monitor, "token-file", "/etc/pcmshare.token");
        if (token != null && !Files.isReadable(token)) {
            monitor.wrong("token-file", "there is no file " + token + " that could be read.");
        }
        if (address != null && address.isBlank()) {
            monitor.wrong("address", "address = \"\" is none, \"" + LOCAL + "\" is this machine.");
        }
        monitor.close();
        return new MonitorConfig(port == null ? 0 : port, address == null ? LOCAL : address, token);
    }

    private static @Nullable String device(Section names, String key, List<CardConfig> cards) {
        String said = names.text(key, "0,0");
        if (said == null) {
            return null;
        }
        Matcher matcher = DEVICE.matcher(said);
        if (!matcher.matches()) {
            names.wrong(
                    key,
                    "%s = \"%s\" is no device: a card's number or id and a device's number, \"0,0\"."
                            .formatted(key, said));
            return null;
        }
        String direction = matcher.group(3);
        if (direction != null && !direction.equals(key)) {
            names.wrong(key, "\"%s\" is no %s device.".formatted(said, key));
        }
        String card = matcher.group(1);
        // which cards the machine will have nobody knows
        boolean isKnown = !cards.isEmpty() && NUMBER.matcher(card).matches();
        if (isKnown && Integer.parseInt(card) >= cards.size()) {
            names.wrong(
                    key,
                    "there is no card %s, the last of %d is %d."
                            .formatted(card, cards.size(), cards.size() - 1));
        }
        String device = matcher.group(2) == null ? "0" : matcher.group(2);
        return card + "," + device + ":" + key;
    }

    private static SessionLimits limits(Section section) {
        SessionLimits usual = SessionLimits.USUAL;
        int sessions = section.number("sessions", 1, MAX_SESSIONS, usual.sessions());
        int perProcess = section.number("per-process", 1, MAX_SESSIONS, usual.perProcess());
        Long patience = section.time("patience", "10s");
        if (patience != null && patience == 0) {
            section.wrong("patience", "nobody answers in no time; leave it out for 10s.");
            patience = null;
        }
        section.close();
        return new SessionLimits(
                sessions, perProcess, patience == null ? usual.patienceNanos() : patience);
    }
}
