package io.pcmshare.run;

import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.run.file.Inbox;
import io.pcmshare.run.file.PcmSound;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.run.file.StreamWatch;
import io.pcmshare.run.time.HostedLoopTime;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.SeccompNotify;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Serves programs that another process has started ({@link GuestProgram}), on cards that another
 * thread ticks. Owns the listener and what is open for the programs.
 *
 * <p>It waits for nobody under a lock of the cards: whatever its programs do, the cards go on.
 * Threads: {@link #run} one, which makes and closes it; {@link #stop}, {@link #pause} and {@link
 * #revoke} any.
 */
public final class GuestSupervisor implements AutoCloseable {
    /** A program of its own has 1024 descriptors; each of ours stands for several of a server's. */
    private static final int MOST_FILES = 256;

    private static final long NO_LIMIT = -1;

    private final SeccompNotify listener;
    private final ProgramLoop loop;
    private final Inbox inbox;
    private final Inbox.Note stop;
    private volatile boolean stopped;
    private volatile boolean paused;

    /** Told which streams programs have. Threads: that of the supervisor. */
    public interface Streams {
        /**
         * A program has opened a stream that nobody had open.
         *
         * @param file the first open file of it, which stays the supervisor's
         * @param pid the process
         */
        void opened(PcmFile file, int pid);

        /** The last open file of a stream is about to close. */
        void closing(PcmFile file);
    }

    /**
     * Begins to serve with the next {@link #run}, which has to come from this thread.
     *
     * @param listener of the filter that the programs are under; this object's from now on
     * @param setup what they are served with
     * @param clock the one that the cards run by
     */
    public GuestSupervisor(Fd listener, GuestSetup setup, CardClock clock) throws IOException {
        this.listener = SeccompNotify.take(listener);
        Inbox made = null;
        try {
            made = Inbox.ofMany();
            this.inbox = made;
            this.loop =
                    new ProgramLoop(
                            this.listener,
                            new ServiceSetup(
                                    setup.system(),
                                    // a page that moves would have to be looked at by the clock
                                    false,
                                    new Watch(setup.streams()),
                                    setup.audit(),
                                    Set.copyOf(setup.denied()),
                                    setup.gate(),
                                    MOST_FILES,
                                    null,
                                    setup.messages()),
                            new HostedLoopTime(setup.system().timers(), clock),
                            made);
        } catch (IOException | RuntimeException e) {
            if (made != null) {
                made.close();
            }
            this.listener.close();
            throw e;
        }
        this.stop = inbox.note(() -> stopped = true);
    }

    /** Tells of first and last files. */
    private static final class Watch implements StreamWatch {
        private final Streams streams;
        private final IdentityHashMap<Substream, PcmFile> first = new IdentityHashMap<>();

        Watch(Streams streams) {
            this.streams = streams;
        }

        @Override
        public void openedBy(PcmFile file, String program, int pid) {
            first.put(file.substream(), file);
            streams.opened(file, pid);
        }

        @Override
        public void cameBack(Substream stream, long afterNanos) {
            // nobody asks
        }

        @Override
        public void closing(Substream stream, int xruns) {
            PcmFile file = first.remove(stream);
            if (file != null) {
                streams.closing(file);
            }
        }
    }

    /** Serves until the last of the programs is gone, or {@link #stop}. */
    public void run() throws IOException {
        while (!loop.isListenerGone() && !stopped) {
            if (paused) {
                loop.awaitNote();
            } else {
                loop.step(NO_LIMIT);
            }
        }
    }

    /**
     * Answers no call any more, until {@link #stop}: programs wait, and what they have queued can
     * be heard to its end.
     *
     * @param done told once no call is being answered; from any thread
     */
    public void pause(Runnable done) {
        inbox.note(
                        () -> {
                            paused = true;
                            done.run();
                        })
                .leave();
    }

    /** Has {@link #run} end soon. */
    public void stop() {
        stop.leave();
    }

    /** Takes a stream from whoever has it: every open file of it answers {@code ENODEV}. */
    public void revoke(Substream stream) {
        inbox.note(() -> revokeNow(stream)).leave();
    }

    private void revokeNow(Substream stream) {
        for (SoundFile file : List.copyOf(loop.desk().files().all())) {
            if (file instanceof PcmSound sound && sound.file().substream() == stream) {
                sound.revoke();
            }
        }
    }

    /** Lets go of everything; programs that are still there get errors from now on. */
    @Override
    public void close() throws IOException {
        listener.close();
        loop.close();
    }
}
