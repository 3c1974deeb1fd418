package io.pcmshare.cli.run;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.run.StreamLog;

import java.util.List;
import java.util.Locale;

/** How it went: a line for each stream, or one that there was none. */
final class SummaryText {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double DECIBELS = 20;

    private SummaryText() {}

    static List<String> of(StreamLog log) {
        List<String> lines =
                log.entries().stream()
                        .filter(entry -> entry.params() != null)
                        .map(SummaryText::line)
                        .toList();
        return lines.isEmpty() ? List.of("nothing was played or recorded.") : lines;
    }

    private static String line(StreamLog.Entry entry) {
        StreamParams params = entry.params();
        if (params == null) {
            return ""; // filtered above
        }
        boolean plays = entry.stream() == PcmStream.PLAYBACK;
        return String.format(
                Locale.ROOT,
                "%s %s hw:%d,%d,%d: %s, %d ch, %d Hz, period %d of %d: %d frames (%.3f s),"
                        + " peak %s, RMS %s; %s; latest wake-up %.1f ms.",
                player(entry),
                plays ? "played on" : "recorded from",
                entry.card(),
                entry.device(),
                entry.substream(),
                params.format().name(),
                params.channels(),
                params.rate(),
                params.periodSize(),
                params.bufferSize(),
                entry.frames(),
                (double) entry.frames() / params.rate(),
                level(entry.peak()),
                level(entry.rms()),
                xruns(entry.xruns()),
                entry.latestNanos() / NANOS_PER_MILLI);
    }

    /** A stream that no program opened is that of a mixer card. */
    private static String player(StreamLog.Entry entry) {
        return entry.pid() == 0 ? "a mixer" : entry.program() + "[" + entry.pid() + "]";
    }

    private static String xruns(int count) {
        return switch (count) {
            case 0 -> "no xrun";
            case 1 -> "1 xrun";
            default -> count + " xruns";
        };
    }

    private static String level(double amplitude) {
        return amplitude == 0
                ? "silence"
                : String.format(Locale.ROOT, "%.1f dB", DECIBELS * Math.log10(amplitude));
    }
}
