package io.pcmshare.share.audit;

import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.Permissions;

import java.util.Locale;

/**
 * One thing that was decided.
 *
 * @param kind what was done
 * @param subject who it was done to
 * @param stream which stream, as {@code hw:CARD,DEVICE,SUBDEVICE} and a direction
 * @param permissions what is allowed from now on; of a refusal what was asked for
 * @param result {@code ok}, the name of an errno, or why
 */
public record AuditEvent(
        Kind kind, Subject subject, String stream, Permissions permissions, String result) {
    /** What happened. */
    public enum Kind {
        /** A descriptor, or a set of them, was handed out. */
        GRANT,
        /** It was asked for and not given. */
        REFUSAL,
        /** Another was made that may do less. */
        NARROWING,
        /** Somebody uses it who was not given it: it was passed on, or inherited. */
        PASSING,
        /** It was taken back: by somebody, by its time, by its quota. */
        REVOCATION,
        /** Its holder gave it up, or died. */
        RELEASE
    }

    /** How a stream is called here: {@code hw:CARD,DEVICE,SUBDEVICE} and its direction. */
    public static String nameOf(Substream s) {
        return "hw:%d,%d,%d:%s"
                .formatted(
                        s.card().number(),
                        s.device().number(),
                        s.number(),
                        s.isCapture() ? "capture" : "playback");
    }

    /** What went well. */
    public static final String OK = "ok";

    /**
     * As a line of {@code key=value} pairs, values with other than plain characters in quotes:
     * {@code event=grant stream=hw:0,0,0:playback uid=1000 pid=412 exe=/usr/bin/aplay
     * permissions=MAP_BUFFER result=ok}.
     */
    public String line() {
        StringBuilder line = new StringBuilder(160);
        pair(line, "event", kind.name().toLowerCase(Locale.ROOT));
        pair(line, "stream", stream);
        pair(line, "uid", Integer.toUnsignedString(subject.uid()));
        pair(line, "pid", Integer.toString(subject.pid()));
        pair(line, "exe", subject.executable());
        if (!subject.label().isEmpty()) {
            pair(line, "label", subject.label());
        }
        pair(line, "permissions", permissions.toString());
        pair(line, "result", result);
        return line.toString();
    }

    /** What a program calls itself must not look like a line, or a pair, of ours. */
    private static void pair(StringBuilder line, String key, String value) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(key).append('=');
        if (!value.isEmpty() && value.chars().allMatch(AuditEvent::isPlain)) {
            line.append(value);
            return;
        }
        line.append('"');
        value.chars()
                .forEach(
                        c -> {
                            if (c < ' ' || c == 0x7f || c == '"' || c == '\\') {
                                line.append(String.format(Locale.ROOT, "\\u%04x", c));
                            } else {
                                line.append((char) c);
                            }
                        });
        line.append('"');
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
    }
}
