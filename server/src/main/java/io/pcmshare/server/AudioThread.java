package io.pcmshare.server;

import io.pcmshare.sys.Scheduling;

import java.util.function.Consumer;

/**
 * The thread {@code pcm-audio}: steps a {@link Timekeeper} until it is closed.
 *
 * <p>Of real time it is before all ordinary threads, where that is permitted. A failure ends it and
 * is handed to whoever made it, for a card without time is dead.
 */
public final class AudioThread implements AutoCloseable {
    /** Behind those of the kernel, before whatever else this machine does in time. */
    private static final int PRIORITY = 20;

    private final Timekeeper timekeeper;
    private final Thread thread;
    private final Consumer<Throwable> onFailure;
    private volatile boolean stopped;

    /** Starts it. */
    public AudioThread(Timekeeper timekeeper, Consumer<Throwable> onFailure) {
        this.timekeeper = timekeeper;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("pcm-audio").daemon().start(this::run);
    }

    private void run() {
        Scheduling.tryTimerSlack(1);
        if (timekeeper instanceof RealTimekeeper) {
            // may be refused: then wake-ups are later on a busy machine
            var _ = Scheduling.tryFifo(PRIORITY);
        }
        try {
            while (!stopped) {
                timekeeper.doWork();
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** Stops it and waits until it has stopped. */
    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            timekeeper.wakeUp();
            try {
                thread.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
