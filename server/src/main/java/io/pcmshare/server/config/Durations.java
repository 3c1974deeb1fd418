package io.pcmshare.server.config;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them: {@code 250us}, {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}.
 */
public final class Durations {
    /** What can be written, for messages. */
    public static final String WORDS = "a number with us, ms, s, m, h or d behind it, \"10m\"";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(us|ms|s|m|h|d)");
    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** Nanoseconds; {@code null} for what is no time, or longer than a {@code long} can say. */
    public static @Nullable Long parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long unit =
                switch (matcher.group(2)) {
                    case "us" -> MICRO;
                    case "ms" -> MILLI;
                    case "s" -> SECOND;
                    case "m" -> MINUTE;
                    case "h" -> HOUR;
                    default -> DAY;
                };
        long count = Long.parseLong(matcher.group(1));
        return count > Long.MAX_VALUE / unit ? null : count * unit;
    }

    /** For people: {@code 1h02m}, {@code 2m05s}, {@code 1.5s}, {@code 12.0ms}. */
    public static String text(long nanos) {
        if (nanos >= DAY) {
            return "%dd%02dh".formatted(nanos / DAY, nanos % DAY / HOUR);
        }
        if (nanos >= HOUR) {
            return "%dh%02dm".formatted(nanos / HOUR, nanos % HOUR / MINUTE);
        }
        if (nanos >= MINUTE) {
            return "%dm%02ds".formatted(nanos / MINUTE, nanos % MINUTE / SECOND);
        }
        return nanos >= SECOND
                ? "%.1fs".formatted((double) nanos / SECOND)
                : "%.1fms".formatted((double) nanos / MILLI);
    }
}
