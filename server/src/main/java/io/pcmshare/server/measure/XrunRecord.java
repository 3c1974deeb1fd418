package io.pcmshare.server.measure;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something ran empty, or full. Noted by the control thread, so a little after it happened. */
@Name("io.pcmshare.Xrun")
@Label("Xrun")
@Category("PcmShare")
@Description("A stream of a client or of a device ran empty, or full")
@StackTrace(false)
public final class XrunRecord extends Event {
    @Label("Stream or Device")
    private final String name;

    @Label("Since the Last Look")
    private final long count;

    /** With its name, and how often. */
    public XrunRecord(String name, long count) {
        this.name = name;
        this.count = count;
    }

    /** For the recorder alone, which reads the fields. */
    @Override
    public String toString() {
        return name + " " + count;
    }
}
