package io.pcmshare.run.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks now and then at streams whose program moves its pointer in a mapped page, without a call.
 * While such a stream is shown as ready its program is about to move; the sooner we see that, the
 * sooner its poll(2) waits again. Threads: one.
 */
public final class Glances {
    private static final long SHORTEST_NANOS = 100_000L;
    private static final long LONGEST_NANOS = 50_000_000L;
    private static final long NEVER = -1;

    private final List<PcmSound> watched = new ArrayList<>();
    private long nextNanos;
    private long pauseNanos = SHORTEST_NANOS;

    /** A program has mapped the control page of a stream. */
    void add(PcmSound sound) {
        if (!watched.contains(sound)) {
            watched.add(sound);
        }
    }

    /**
     * Looks, if it is time.
     *
     * @return nanoseconds until the next look; negative while none is needed
     */
    public long due(long nowNanos) {
        if (watched.isEmpty()) {
            return NEVER;
        }
        watched.removeIf(SoundFile::isClosed);
        boolean ready = false;
        boolean changed = false;
        for (int i = 0; i < watched.size(); i++) {
            PcmSound sound = watched.get(i);
            boolean was = sound.isShownReady();
            if (was && nowNanos >= nextNanos) {
                var _ = sound.refresh();
            }
            ready |= sound.isShownReady();
            changed |= was != sound.isShownReady();
        }
        if (!ready) {
            pauseNanos = SHORTEST_NANOS;
            nextNanos = nowNanos;
            return NEVER;
        }
        if (nowNanos >= nextNanos) {
            pauseNanos = changed ? SHORTEST_NANOS : Math.min(LONGEST_NANOS, pauseNanos * 2);
            nextNanos = nowNanos + pauseNanos;
        }
        return nextNanos - nowNanos;
    }
}
