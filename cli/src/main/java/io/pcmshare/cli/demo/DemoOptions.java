package io.pcmshare.cli.demo;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.Locale;

/** What the judge and the server of a demonstration both need to know. */
final class DemoOptions {
    /** What the client is given. */
    enum Granted {
        /** The ring, and both pages. */
        PAGES,
        /** The ring and nothing else. */
        BUFFER
    }

    /** How the card's time passes. */
    enum Clock {
        /** As the wall clock does. */
        REAL,
        /** As fast as the client feeds the ring. */
        LOCKSTEP
    }

    @Option(
            names = "--permission",
            paramLabel = "pages|buffer",
            defaultValue = "pages",
            description = {
                "What the client is given:",
                "  pages   the ring, the status page (read-only) and the control page (default);",
                "  buffer  the ring and nothing else, as PERM_MODE_BUFFER of the 2019 patches: it"
                        + " predicts the read position from the time of the start."
            })
    Granted permission = Granted.PAGES;

    @Option(
            names = "--clock",
            paramLabel = "real|lockstep",
            defaultValue = "real",
            description = {
                "How the card's time passes:",
                "  real      as the wall clock does (default);",
                "  lockstep  as fast as the client feeds the ring. A client that has only the ring"
                    + " keeps time by the wall clock, so with --permission buffer lockstep runs in"
                    + " real time."
            })
    Clock clock = Clock.REAL;

    @Option(
            names = "--period",
            paramLabel = "FRAMES",
            description = "Frames between two wake-ups. Default: as many as last 5 ms.")
    int period;

    @Option(
            names = "--buffer",
            paramLabel = "FRAMES",
            description =
                    "Frames in the ring. Default: 100 periods, with --permission buffer 200: a"
                            + " client that has only the ring must not meet a card that is late.")
    int buffer;

    /** Whether time is virtual: a client that has only the ring keeps time by the wall clock. */
    boolean isLockstep() {
        return clock == Clock.LOCKSTEP && permission != Granted.BUFFER;
    }

    /** As arguments for another process. */
    List<String> arguments() {
        return List.of(
                "--permission=" + permission.name().toLowerCase(Locale.ROOT),
                "--clock=" + clock.name().toLowerCase(Locale.ROOT),
                "--period=" + period,
                "--buffer=" + buffer);
    }

    int periodFor(int rate) {
        return period > 0 ? period : Math.max(16, rate / 200);
    }

    int bufferFor(int rate) {
        if (buffer > 0) {
            return buffer;
        }
        return (permission == Granted.BUFFER ? 200 : 100) * periodFor(rate);
    }
}
