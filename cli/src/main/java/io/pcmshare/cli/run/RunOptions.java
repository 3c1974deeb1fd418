package io.pcmshare.cli.run;

import io.pcmshare.cards.CardSpec;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** What can be said about a run. */
final class RunOptions {
    /** Without any option: what snd-dummy can do, for as many programs as may come. */
    private static final String DEFAULT_CARD = "null:substreams=128";

    /** Who moves the time. */
    enum ClockKind {
        REAL,
        LOCKSTEP
    }

    @Option(
            names = "--card",
            paramLabel = "KIND[:KEY=VALUE,...]",
            description = {
                "A card; several times for several, in the order of their numbers. Kinds: null"
                    + " plays nowhere and records silence; wav:out=FILE.wav,in=FILE.wav; loopback"
                    + " records at one end what is played at the other.",
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

    ClockKind clock() {
        return clock;
    }

    List<CardSpec> cards() {
        return CardSpec.parseAll(cards.isEmpty() ? List.of(DEFAULT_CARD) : cards);
    }
}
