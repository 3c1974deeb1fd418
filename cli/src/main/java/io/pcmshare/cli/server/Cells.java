package io.pcmshare.cli.server;

import io.pcmshare.server.config.Durations;

import java.util.Locale;

/** Values as tables show them. */
final class Cells {
    private Cells() {}

    /** {@code aplay[412]}. */
    static String program(String path, int pid) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return (name.isEmpty() ? "?" : name) + "[" + pid + "]";
    }

    /** A level, {@code -6.0}. */
    static String decibels(double decibels) {
        return Double.isInfinite(decibels) ? "-inf" : String.format(Locale.ROOT, "%.1f", decibels);
    }

    /** {@code S16_LE 2x44100}. */
    static String sound(String format, int channels, int rate) {
        return format.isEmpty() ? "-" : format + " " + channels + "x" + rate;
    }

    /** A device's name without its direction, which another column says. */
    static String device(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** What is left until something ends by itself. */
    static String left(long nanos) {
        return nanos < 0 ? "-" : Durations.text(nanos);
    }
}
