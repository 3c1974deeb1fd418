package io.pcmshare.run.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Files whose readiness may have changed, until somebody shows it: the core tells of changes under
 * its locks, where nothing may be done about them. Threads: one.
 */
public final class DirtyFiles {
    private final List<SoundFile> waiting = new ArrayList<>();

    /** Notes a file; several times is once. */
    public void add(SoundFile file) {
        if (!waiting.contains(file)) {
            waiting.add(file);
        }
    }

    /** Shows the readiness of all that were noted. */
    public void refreshAll() {
        // showing readiness changes nothing in the core, so nothing is added meanwhile
        for (int i = 0; i < waiting.size(); i++) {
            SoundFile file = waiting.get(i);
            if (!file.isClosed()) {
                file.refresh();
            }
        }
        waiting.clear();
    }
}
