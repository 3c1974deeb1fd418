package io.pcmshare.run;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the flight recorder from looking at the thread that starts a program. When a thread ends,
 * the event {@code jdk.ThreadCPULoad} opens a file below {@code /proc}; under the program's filter
 * that open waits for us, and we may be waiting for a safepoint that this very thread holds up.
 */
final class QuietRecordings {
    private static final String EVENT = "jdk.ThreadCPULoad";

    private QuietRecordings() {}

    /**
     * Turns the event off in every recording that runs.
     *
     * @return what turns it on again
     */
    static List<Runnable> quiet() {
        List<Runnable> restore = new ArrayList<>();
        if (FlightRecorder.isInitialized()) {
            for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
                Map<String, String> settings = recording.getSettings();
                recording.disable(EVENT);
                restore.add(() -> recording.setSettings(settings));
            }
        }
        return restore;
    }

    /** Turns it on again once the thread has ended. */
    static void restoreAfter(Thread thread, List<Runnable> restore) {
        if (restore.isEmpty()) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("pcm-recordings")
                .start(
                        () -> {
                            try {
                                thread.join();
                                restore.forEach(Runnable::run);
                            } catch (InterruptedException nobodyDoes) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
