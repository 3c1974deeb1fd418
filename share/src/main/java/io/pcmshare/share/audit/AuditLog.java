package io.pcmshare.share.audit;

import jdk.jfr.FlightRecorder;

import java.util.function.Consumer;

/** Where audit events go. Threads: any, but not the audio thread. */
@FunctionalInterface
public interface AuditLog {
    /** Nobody reads them; a flight recording has them all the same. */
    AuditLog SILENT =
            new AuditLog() {
                @Override
                public void accept(AuditEvent event) {
                    // nobody
                }

                @Override
                public boolean isHeard() {
                    return FlightRecorder.isInitialized();
                }
            };

    /** Takes an event. */
    void accept(AuditEvent event);

    /** Whether anybody hears of it; otherwise there is no need to find out who somebody is. */
    default boolean isHeard() {
        return true;
    }

    /** Each as a line of text. */
    static AuditLog lines(Consumer<String> lines) {
        return event -> lines.accept(event.line());
    }

    /** Says that something was decided: to the flight recorder, and to whoever listens here. */
    default void record(AuditEvent event) {
        if (FlightRecorder.isInitialized()) {
            new AuditRecord(event).commit();
        }
        accept(event);
    }
}
