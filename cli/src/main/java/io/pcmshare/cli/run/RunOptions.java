package io.pcmshare.cli.run;

import io.pcmshare.cards.CardSpec;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.server.config.DefaultPaths;
import io.pcmshare.share.Right;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be said about a run. */
final class RunOptions {
    /** Without any option: what snd-dummy can do, for as many programs as may come. */
    private static final String DEFAULT_CARD = "null:substreams=128";

    /** Who moves the time. */
    enum ClockKind {
        REAL,
        LOCKSTEP
    }

    /** What people may be asked. */
    enum Question {
        PLAY(Right.PLAY),
        MICROPHONE(Right.RECORD_MICROPHONE),
        PROGRAMS(Right.RECORD_PROGRAMS);

        private final Right right;

        Question(Right right) {
            this.right = right;
        }
    }

    /** What comes after the microphone's file. */
    enum MicEnd {
        SILENCE,
        REPEAT
    }

    @Option(
            names = "--card",
            paramLabel = "KIND[:KEY=VALUE,...]",
            description = {
                "A card; several times for several, in the order of their numbers. Kinds: null"
                    + " plays nowhere and records silence; wav:out=FILE.wav,in=FILE.wav; loopback"
                    + " records at one end what is played at the other; mixer:of=N adds up what is"
                    + " played on it and plays that on card N; hw:N is the machine's own card N."
                    + " docs/cards.md has all keys.",
                "Default: null, for 128 streams each way."
            })
    private List<String> cards = new ArrayList<>();

    @Option(
            names = "--clock",
            paramLabel = "real|lockstep",
            defaultValue = "REAL",
            description =
                    "real: time passes as it does. lockstep: as fast as the programs feed and drain"
                            + " their streams; the result is the same every time.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ClockKind clock;

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description = "Keep what each stream plays, as a WAV file of its own in this folder.")
    private @Nullable String record;

    @Option(
            names = "--mic",
            paramLabel = "IN.wav",
            description = "What the cards' microphone hears.")
    private @Nullable String mic;

    @Option(
            names = "--mic-end",
            paramLabel = "silence|repeat",
            description = "What comes after the end of that file; silence unless said.")
    private @Nullable MicEnd micEnd;

    @Option(
            names = "--rate",
            paramLabel = "44100|8000-48000",
            description = "Rates that the cards have, in frames a second; several with '+'.")
    private @Nullable String rate;

    @Option(
            names = "--formats",
            paramLabel = "S16_LE+...",
            description = "Sample formats that the cards have.")
    private @Nullable String formats;

    @Option(
            names = "--channels",
            paramLabel = "2|1-8",
            description = "Numbers of channels that the cards have.")
    private @Nullable String channels;

    @Option(
            names = "--period",
            paramLabel = "64-4096",
            description = "Period sizes that the cards have, in frames.")
    private @Nullable String period;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "A picky device to imitate, of those that snd-dummy knows: emu10k1, rme9652,"
                            + " ice1712, uda1341, ac97, ca0106. For null cards.")
    private @Nullable String model;

    @Option(
            names = "--trace",
            arity = "0..1",
            paramLabel = "FILE",
            fallbackValue = "",
            description =
                    "A line for each call on a sound device, in ALSA's words, to this file or to"
                            + " standard error.")
    private @Nullable String trace;

    @Option(
            names = "--deny",
            split = ",",
            paramLabel = "play|microphone|programs",
            description =
                    "What the programs must not do: be heard, hear a microphone, hear what others"
                            + " play. Opening such a device answers EACCES. Several with ','.")
    private List<Question> denied = new ArrayList<>();

    @Option(
            names = "--audit",
            arity = "0..1",
            paramLabel = "FILE",
            fallbackValue = "",
            description =
                    "A line for each piece of a stream that a program is given, refused or gives"
                            + " up, to this file or to standard error.")
    private @Nullable String audit;

    @Option(
            names = "--summary",
            negatable = true,
            description =
                    "At the end a line for each stream: program, format, length, level, xruns,"
                            + " greatest wake-up delay. On without any other option.")
    private @Nullable Boolean summary;

    @Option(
            names = "--server",
            arity = "0..1",
            paramLabel = "SOCKET",
            fallbackValue = "",
            description = {
                "Play and record on the streams of a running 'pcmshare serve', mixed with everybody"
                        + " else's; its policy decides. SOCKET is the server's 'guests' socket;"
                        + " without it $$PCMSHARE_GUESTS, else $$XDG_RUNTIME_DIR/pcmshare/guests."
            })
    private @Nullable String server;

    ClockKind clock() {
        return clock;
    }

    /**
     * The socket of a server; {@code null} for cards of its own.
     *
     * @throws BadInputException where something was said that is the server's to decide
     */
    @Nullable Path server() {
        if (server == null) {
            return null;
        }
        if (audit != null) {
            throw new BadInputException(
                    "--audit: with --server the server keeps the log; 'pcmshare audit' shows it.");
        }
        if (!cards.isEmpty() || clock != ClockKind.REAL || !common("null").equals("null")) {
            throw new BadInputException(
                    "--server: cards and their time are the server's; leave out --card, --clock,"
                            + " --record, --mic, --rate, --formats, --channels, --period and"
                            + " --model.");
        }
        if (trace != null || summary != null) {
            throw new BadInputException(
                    "--server: calls are answered by the server, so there is no --trace and no"
                            + " --summary; 'pcmshare clients' and 'pcmshare top' show streams.");
        }
        return server.isEmpty() ? DefaultPaths.ofProcess().guests() : Path.of(server);
    }

    /** Where to trace to: empty for standard error, {@code null} for nowhere. */
    @Nullable String trace() {
        return trace;
    }

    /** Where audit events go to: empty for standard error, {@code null} for nowhere. */
    @Nullable String audit() {
        return audit;
    }

    /** Questions that were answered with no. */
    Set<Right> denied() {
        return denied.stream().map(question -> question.right).collect(Collectors.toSet());
    }

    boolean summary() {
        boolean nothingSaid =
                cards.isEmpty()
                        && clock == ClockKind.REAL
                        && trace == null
                        && audit == null
                        && common("null").equals("null");
        return summary == null ? nothingSaid : summary;
    }

    List<CardSpec> cards() {
        List<String> all = cards.isEmpty() ? List.of(DEFAULT_CARD) : cards;
        return CardSpec.parseAll(all.stream().map(this::common).toList());
    }

    /** A card with what was said for all of them; what it says itself goes before. */
    private String common(String card) {
        StringBuilder all = new StringBuilder(card);
        add(all, "record", record);
        boolean mixer = card.startsWith("mixer");
        if (!mixer && !card.startsWith("loopback") && !card.startsWith("hw")) {
            // whose microphone is the cable, or the machine's; a mixer has none
            add(all, "mic", mic);
            add(all, "mic-end", micEnd == null ? null : micEnd.name().toLowerCase(Locale.ROOT));
        }
        if (!mixer) { // which takes after the card that it plays on
            add(all, "rate", rate);
            add(all, "channels", channels);
        }
        add(all, "formats", formats);
        add(all, "period", period);
        if (card.startsWith("null")) {
            add(all, "model", model);
        }
        return all.toString();
    }

    private static void add(StringBuilder card, String key, @Nullable String value) {
        boolean said = card.indexOf(":" + key + "=") >= 0 || card.indexOf("," + key + "=") >= 0;
        if (value != null && !said) {
            String escaped = value.replace("\\", "\\\\").replace(",", "\\,");
            card.append(card.indexOf(":") < 0 ? ':' : ',').append(key).append('=').append(escaped);
        }
    }
}
