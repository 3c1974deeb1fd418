package io.pcmshare.cards;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened, the last first, all of it whatever fails; throws the first failure with
 * the others added to it. Idempotent. Threads: one.
 */
final class Closer implements Closeable {
    private final Deque<Closeable> open = new ArrayDeque<>();

    /** Becomes the owner. */
    void add(Closeable resource) {
        open.push(resource);
    }

    @Override
    public void close() throws IOException {
        Failures failures = new Failures();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }
        failures.rethrow();
    }

    private static final class Failures {
        private final Deque<Exception> all = new ArrayDeque<>();

        void add(Exception failure) {
            if (!all.isEmpty()) {
                all.getFirst().addSuppressed(failure);
            }
            all.add(failure);
        }

        void rethrow() throws IOException {
            if (all.isEmpty()) {
                return;
            }
            switch (all.getFirst()) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Exception e -> throw new IllegalStateException(e);
            }
        }
    }
}
