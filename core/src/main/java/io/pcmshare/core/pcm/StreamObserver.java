package io.pcmshare.core.pcm;

import io.pcmshare.abi.TimerEvent;

/**
 * Told what a stream does: its timer. Kernel: sound/core/pcm_timer.c. Called under the card's lock,
 * on the audio path: allocates nothing, waits for nothing.
 */
public interface StreamObserver {
    /** Nobody. */
    StreamObserver NONE =
            new StreamObserver() {
                @Override
                public void periodNanos(long nanos) {
                    // nobody counts
                }

                @Override
                public void periodsElapsed(long periods) {
                    // nobody counts
                }

                @Override
                public void streamChanged(TimerEvent event) {
                    // nobody looks
                }
            };

    /** The stream chose parameters: the length of its period; 0 when it was closed. */
    void periodNanos(long nanos);

    /** Periods ended. */
    void periodsElapsed(long periods);

    /** The stream started, stopped, paused …: one of the events whose name begins with M. */
    void streamChanged(TimerEvent event);
}
