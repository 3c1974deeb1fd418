package io.pcmshare.server.patch;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param kind what it is about
 * @param mode how
 * @param voice what its frames are
 * @param device where to or from; {@code null} for the default
 * @param periodSize frames; 0 for what seems good
 * @param bufferSize frames; 0 for what seems good
 */
public record StreamWish(
        Kind kind,
        Mode mode,
        Voice voice,
        @Nullable BayDevice device,
        long periodSize,
        long bufferSize) {
    /** What a stream is about. */
    public enum Kind {
        /** Something is played. */
        PLAYBACK,
        /** A microphone, or whatever a device has for one, is recorded. */
        CAPTURE,
        /** What a device plays is recorded. */
        MONITOR;

        /** As people say it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How a device is used. */
    public enum Mode {
        /** With others. */
        SHARED,
        /** With others, and mixed last: as little as possible ahead of what is heard. */
        LOW_LATENCY,
        /** Alone: its ring is the device's own. */
        EXCLUSIVE;

        /** As people say it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
