package io.pcmshare.run.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Files whose readiness may have changed, until somebody shows it: the core tells of changes under
 * its locks, where nothing may be done about them. Threads: one; what others have to tell goes
 * through {@link #note}.
 */
public final class DirtyFiles {
    private final List<SoundFile> waiting = new ArrayList<>();
    private final Inbox inbox;
    private IntConsumer woken = thread -> {};

    /** None, of a supervisor that hears of the core by this. */
    public DirtyFiles(Inbox inbox) {
        this.inbox = inbox;
    }

    /** How whoever changes something has the supervisor act on it. */
    Inbox.Note note(Runnable meaning) {
        return inbox.note(meaning);
    }

    /** Whether other threads use the core as well. */
    boolean isShared() {
        return inbox.bell() != null;
    }

    /** Sets who is told of a thread that may wake. */
    public void onWoken(IntConsumer listener) {
        woken = listener;
    }

    /** Notes a file; several times is once. */
    public void add(SoundFile file) {
        if (!waiting.contains(file)) {
            waiting.add(file);
        }
    }

    /** Shows the readiness of all that were noted, and tells which threads that may wake. */
    public void refreshAll() {
        // showing readiness changes nothing in the core, so nothing is added meanwhile
        for (int i = 0; i < waiting.size(); i++) {
            SoundFile file = waiting.get(i);
            if (!file.isClosed() && file.refresh() && file.lastThread() != 0) {
                woken.accept(file.lastThread());
            }
        }
        waiting.clear();
    }
}
