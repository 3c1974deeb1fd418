package io.pcmshare.server.measure;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** How the audio thread was doing, once a second. */
@Name("io.pcmshare.Passes")
@Label("Passes")
@Category("PcmShare")
@Description("How late the audio thread woke and how long it mixed, of all passes until now")
@StackTrace(false)
public final class PassRecord extends Event {
    @Label("Streams")
    private final int streams;

    @Label("Passes")
    private final long passes;

    @Label("Wake-Up, 99 %")
    @Timespan
    private final long wakeUpNanos;

    @Label("Mix, 99 %")
    @Timespan
    private final long mixNanos;

    /** With what is known. */
    public PassRecord(int streams, long passes, long wakeUpNanos, long mixNanos) {
        this.streams = streams;
        this.passes = passes;
        this.wakeUpNanos = wakeUpNanos;
        this.mixNanos = mixNanos;
    }

    /** For the recorder alone, which reads the fields. */
    @Override
    public String toString() {
        return streams + " " + passes + " " + wakeUpNanos + " " + mixNanos;
    }
}
