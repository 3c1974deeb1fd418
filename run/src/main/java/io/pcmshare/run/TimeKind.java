package io.pcmshare.run;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;

/** Who moves the time of the cards. */
public sealed interface TimeKind {
    /**
     * The wall clock.
     *
     * @param clock the one that the cards were made with
     */
    record Real(CardClock clock) implements TimeKind {}

    /**
     * The programs: time passes as fast as they feed and drain their rings. They cannot map status
     * and control pages then, because what is done there goes unnoticed; alsa-lib makes calls
     * instead, by itself.
     *
     * @param clock the one that the cards were made with
     */
    record Lockstep(ManualClock clock) implements TimeKind {}
}
