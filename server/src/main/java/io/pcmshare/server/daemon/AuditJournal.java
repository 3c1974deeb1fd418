package io.pcmshare.server.daemon;

import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.AuditLog;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last thousand audit events of a server, and all of them in a file where that is wished. Owns
 * the file. Threads: any.
 */
final class AuditJournal implements AuditLog, AutoCloseable {
    private static final int KEPT = 1000;

    private final Deque<AuditEntry> entries = new ArrayDeque<>();
    private final InstantSource clock;
    private final @Nullable Writer file;
    private long lastNumber;
    private boolean fileBroken;

    /**
     * An empty journal.
     *
     * @param path of the file that lines are added to; {@code null} for none
     * @throws IOException where the file cannot be written
     */
    AuditJournal(@Nullable Path path, InstantSource clock) throws IOException {
        this.clock = clock;
        this.file =
                path == null
                        ? null
                        : Files.newBufferedWriter(
                                path,
                                StandardCharsets.UTF_8,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void accept(AuditEvent event) {
        AuditEntry entry = new AuditEntry(++lastNumber, clock.instant(), event);
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
        write(entry);
    }

    private void write(AuditEntry entry) {
        Writer to = file;
        if (to == null || fileBroken) {
            return;
        }
        try {
            to.write("time=" + entry.time() + " " + entry.event().line() + "\n");
            to.flush();
        } catch (IOException e) {
            // a full disk must not silence anybody; said once
            fileBroken = true;
            System.getLogger(AuditJournal.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "The audit file is not written any more: {0}",
                            e.getMessage());
        }
    }

    /** Events behind this number, oldest first. */
    synchronized List<AuditEntry> after(long number) {
        List<AuditEntry> found = new ArrayList<>();
        for (AuditEntry entry : entries) {
            if (entry.number() > number) {
                found.add(entry);
            }
        }
        return found;
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
