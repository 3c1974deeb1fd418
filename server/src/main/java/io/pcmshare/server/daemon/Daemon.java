package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.RealClock;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.LockstepTimekeeper;
import io.pcmshare.server.PassProbe;
import io.pcmshare.server.RealTimekeeper;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.ShareServer;
import io.pcmshare.server.Timekeeper;
import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.config.ConfigException;
import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.guest.GuestSocket;
import io.pcmshare.server.measure.Histograms;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.WarmUp;
import io.pcmshare.server.policy.RulePolicy;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.ProcIdentity;
import io.pcmshare.sys.UnixSocket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A sound server. Owns its cards, its streams, its sessions, and the socket that it was given.
 *
 * <p>Threads: {@link #run} one, the control thread; what is asked of {@link #control} any other.
 */
public final class Daemon implements AutoCloseable {
    /** How often devices are looked after that nobody tells us of. */
    private static final int LOOK_MILLIS = 200;

    /** How often it is looked which cards the machine has. */
    private static final long MACHINE_NANOS = 1_000_000_000L;

    private static final int HASTE_MILLIS = 5;

    private final CardClock clock;
    private final Bay bay;
    private final Cards cards;

    /** Whose cards are those of the machine; {@code null} where they were named. */
    private final @Nullable MachineCards machine;

    private long machineNanos = Clocks.monotonicNanos();
    private final RulePolicy policy;
    private final AuditJournal audit;
    private final Histograms histograms = new Histograms();
    private final Timekeeper timekeeper;
    private final BayStreams streams;
    private final GuestStreams guests;
    private final ShareServer server;
    private final Vitals vitals;
    private final DaemonControl control;
    private volatile @Nullable Throwable audioFailure;
    private volatile boolean stopping;
    private Draining draining = Draining.NOT;
    private long drainUntilNanos;

    private enum Draining {
        NOT,
        STREAMS,
        DONE
    }

    /**
     * How a server is made.
     *
     * @param version of PcmShare, for people
     * @param config what it is to be
     * @param socket listens already
     * @param socketFile to be removed in the end; {@code null} where it is somebody else's
     * @param reread reads the configuration again
     */
    public record Setup(
            String version,
            ServerConfig config,
            UnixSocket socket,
            @Nullable Path socketFile,
            Reread reread) {
        /** Reads a configuration again. */
        @FunctionalInterface
        public interface Reread {
            /** What it says now. */
            ServerConfig read() throws ConfigException;
        }
    }

    /**
     * Makes it; nothing runs yet.
     *
     * @throws ControlException in a sentence, where a card cannot be what was asked for
     * @throws IOException where its files cannot be made
     */
    public Daemon(Setup setup) throws IOException, ControlException {
        ServerConfig config = setup.config();
        ManualClock virtual = new ManualClock(Clocks.monotonicNanos(), Clocks.realtimeNanos());
        boolean lockstep = config.time() == TimeMode.LOCKSTEP;
        this.clock = lockstep ? virtual : new RealClock();
        this.bay = new Bay(clock, new MemfdRegions(), histograms.queues());
        this.timekeeper =
                lockstep
                        ? new LockstepTimekeeper(List.of(bay.card()), virtual)
                        : new RealTimekeeper(clock, List.of(bay.card()), new Probe(histograms));
        this.cards = new Cards(bay, clock, timekeeper::cards);
        this.vitals = new Vitals(histograms);
        int uid = ProcIdentity.uid((int) ProcessHandle.current().pid());
        this.policy = new RulePolicy(uid, config.rules(), Clocks::monotonicNanos);
        this.audit = new AuditJournal(config.places().audit(), InstantSource.system());
        try {
            machine = config.cards().isEmpty() ? MachineCards.of(cards) : null;
            if (machine != null) {
                machine.look();
            }
            for (CardConfig card : config.cards()) {
                cards.add(card);
            }
            this.streams = new BayStreams(bay, policy, audit, this::onControl);
            this.guests = new GuestStreams(bay, policy, audit, this::onControl, streams::loans);
            this.server =
                    new ShareServer(
                            setup.socket(),
                            setup.socketFile(),
                            streams,
                            config.limits(),
                            user -> true, // the policy decides, and tells why
                            new SessionListener() {});
            this.control =
                    new DaemonControl(
                            new DaemonControl.Parts(
                                    setup,
                                    bay,
                                    cards,
                                    policy,
                                    audit,
                                    histograms,
                                    streams,
                                    guests,
                                    server,
                                    vitals),
                            this::stop);
            control.makeDefault(config.devices().playback(), PcmStream.PLAYBACK);
            control.makeDefault(config.devices().capture(), PcmStream.CAPTURE);
        } catch (IOException | ControlException | RuntimeException e) {
            cards.close();
            audit.close();
            throw e;
        }
    }

    /** Counts for the histograms; on the audio thread. */
    private record Probe(Histograms histograms) implements PassProbe {
        @Override
        public void woke(long lateNanos) {
            histograms.wakeUps().accept(lateNanos);
        }

        @Override
        public void passed(long nanos) {
            histograms.passes().accept(nanos);
        }
    }

    /** What can be seen of it and done to it. */
    public ServerControl control() {
        return control;
    }

    /** Where programs that do not know us are served from. Threads: any. */
    public GuestSocket.Doors guests() {
        return guests;
    }

    private void onControl(Runnable command) {
        server.execute(command);
    }

    /**
     * Serves until it is told to stop.
     *
     * @throws IOException what went wrong with the socket, or the audio thread
     */
    public void run() throws IOException {
        WarmUp.run(new MemfdRegions());
        try (AudioThread _ = new AudioThread(timekeeper, this::audioFailed)) {
            while (draining != Draining.DONE) {
                boolean hurries = cards.isBusy() || draining != Draining.NOT;
                server.doWork(hurries ? HASTE_MILLIS : LOOK_MILLIS);
                bay.doWork();
                cards.doWork();
                lookForCards();
                guests.doWork();
                vitals.look(bay, control.held());
                drainIfAsked();
                Throwable failure = audioFailure;
                if (failure != null) {
                    throw new IOException("pcm-audio stopped: " + failure, failure);
                }
            }
        }
    }

    private void lookForCards() throws IOException {
        long nowNanos = Clocks.monotonicNanos();
        if (machine == null || nowNanos - machineNanos < MACHINE_NANOS) {
            return;
        }
        machineNanos = nowNanos;
        try {
            machine.look();
        } catch (ControlException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void audioFailed(Throwable failure) {
        audioFailure = failure;
        server.wakeUp();
    }

    /** What was queued is heard, as far as that takes no longer than its buffers are long. */
    private void drainIfAsked() {
        if (stopping && draining == Draining.NOT) {
            draining = Draining.STREAMS;
            guests.pause();
            drainUntilNanos = Clocks.monotonicNanos() + Drain.begin(control.held());
        }
        boolean over = Drain.isOver(control.held()) || Clocks.monotonicNanos() > drainUntilNanos;
        if (draining == Draining.STREAMS && over) {
            draining = Draining.DONE;
        }
    }

    private void stop() {
        stopping = true;
        server.wakeUp();
    }

    /** Ends sessions, plays what devices have yet, closes cards and files. */
    @Override
    public void close() throws IOException {
        server.close();
        bay.close();
        cards.close();
        policy.close();
        audit.close();
    }
}
