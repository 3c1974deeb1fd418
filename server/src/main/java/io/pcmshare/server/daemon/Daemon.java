package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.RealClock;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.LockstepTimekeeper;
import io.pcmshare.server.PassProbe;
import io.pcmshare.server.RealTimekeeper;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.ShareServer;
import io.pcmshare.server.Timekeeper;
import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.config.ConfigException;
import io.pcmshare.server.config.RuleText;
import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.Waveform;
import io.pcmshare.server.guest.GuestSocket;
import io.pcmshare.server.measure.Histograms;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.patch.Fader;
import io.pcmshare.server.patch.Meter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sound server. Owns its cards, its streams, its sessions, and the socket that it was given.
 *
 * <p>Threads: {@link #run} one, the control thread; those of {@link ServerControl} any other.
 */
public final class Daemon implements ServerControl, AutoCloseable {
    /** How often devices are looked after that nobody tells us of. */
    private static final int LOOK_MILLIS = 200;

    /** How often it is looked which cards the machine has. */
    private static final long MACHINE_NANOS = 1_000_000_000L;

    private static final int HASTE_MILLIS = 5;
    private static final int PICTURE_PIECES = 1000;
    private static final long ANSWER_SECONDS = 10;

    /** How a server is made. */
    private final Setup setup;

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
    private final long beganNanos = Clocks.monotonicNanos();
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
        this.setup = setup;
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
            makeDefault(config.devices().playback(), PcmStream.PLAYBACK);
            makeDefault(config.devices().capture(), PcmStream.CAPTURE);
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

    private void makeDefault(@Nullable String name, PcmStream stream) throws ControlException {
        if (name != null) {
            bay.makeDefault(require(name, stream));
        }
    }

    /** For a look: what it plays rather than what it records. */
    private BayDevice anyOf(String name) throws ControlException {
        List<BayDevice> found = StateReport.find(bay, name);
        if (found.isEmpty()) {
            throw noSuchDevice(name, found);
        }
        return found.getFirst();
    }

    /** Where programs that do not know us are served from. Threads: any. */
    public GuestSocket.Doors guests() {
        return guests;
    }

    /** Streams, whoever has them. */
    private List<Held> held() {
        List<Held> all = new ArrayList<>(streams.loans());
        all.addAll(guests.streams());
        return all;
    }

    private void onControl(Runnable command) {
        server.execute(command);
    }

    /**
     * Serves until {@link #stop}.
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
                vitals.look(bay, held());
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
            drainUntilNanos = Clocks.monotonicNanos() + Drain.begin(held());
        }
        boolean over = Drain.isOver(held()) || Clocks.monotonicNanos() > drainUntilNanos;
        if (draining == Draining.STREAMS && over) {
            draining = Draining.DONE;
        }
    }

    @Override
    public void stop() {
        stopping = true;
        server.wakeUp();
    }

    /** Does something on the control thread and waits for it. */
    private <T> T call(Callable<T> command) throws ControlException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        server.execute(
                () -> {
                    try {
                        answer.complete(command.call());
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw asControl(e.getCause());
        } catch (TimeoutException e) {
            throw new ControlException("The server is ending, or does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("Interrupted.");
        }
    }

    private static ControlException asControl(@Nullable Throwable cause) {
        return switch (cause) {
            case ControlException sentence -> sentence;
            case PcmOpenException refused ->
                    new ControlException(refused.errno() + ": " + refused.getMessage() + ".");
            case null, default -> new ControlException("It failed: " + cause + ".");
        };
    }

    @Override
    public ServerState state() {
        try {
            return call(this::report);
        } catch (ControlException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private ServerState report() {
        StateReport report = new StateReport(bay, streams.loans(), guests.streams());
        return new ServerState(
                setup.version(),
                (int) ProcessHandle.current().pid(),
                setup.config().places().socket().toString(),
                setup.config().time() == TimeMode.LOCKSTEP ? "lockstep" : "real",
                Clocks.monotonicNanos() - beganNanos,
                vitals.cpuPercent(),
                vitals.xruns(),
                server.sessions().size(),
                report.devices(),
                report.streams(),
                report.grants(),
                policy.rules(),
                histograms.states());
    }

    @Override
    public List<AuditEntry> audit(long after) {
        return audit.after(after);
    }

    @Override
    public Waveform waveform(String device) throws ControlException {
        Meter meter = call(() -> anyOf(device)).meter();
        float[] low = new float[PICTURE_PIECES];
        float[] high = new float[PICTURE_PIECES];
        if (meter == null) {
            return Waveform.of(1, 0, new float[0], new float[0]);
        }
        long end = meter.pictureEnd();
        meter.picture(end, low, high);
        return Waveform.of(meter.piecesPerSecond(), end, low, high);
    }

    /** The one device of a direction that a name stands for. */
    private BayDevice require(String name, PcmStream stream) throws ControlException {
        List<BayDevice> found =
                StateReport.find(bay, name).stream().filter(d -> d.stream() == stream).toList();
        if (found.size() != 1) {
            throw noSuchDevice(name, found);
        }
        return found.getFirst();
    }

    private ControlException noSuchDevice(String name, List<BayDevice> found) {
        List<BayDevice> all = found.isEmpty() ? bay.devices() : found;
        return new ControlException(
                (found.isEmpty()
                                ? "There is no device \"" + name + "\"; there are "
                                : "Several devices are \"" + name + "\": ")
                        + String.join(", ", all.stream().map(BayDevice::name).toList())
                        + ".");
    }

    private Held require(long stream) throws ControlException {
        return held().stream()
                .filter(held -> held.bayStream().number() == stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ControlException(
                                        "There is no stream "
                                                + stream
                                                + "; 'pcmshare clients' lists them."));
    }

    private Fader fader(long stream) throws ControlException {
        Fader fader = require(stream).bayStream().fader();
        if (fader == null) {
            throw new ControlException(
                    "Stream " + stream + " has its device for itself: nobody mixes it.");
        }
        return fader;
    }

    @Override
    public void volume(long stream, double decibels) throws ControlException {
        if (!(decibels <= Fader.MOST_DECIBELS)) {
            throw new ControlException(
                    "A volume is at most "
                            + (int) Fader.MOST_DECIBELS
                            + " dB, not "
                            + decibels
                            + ".");
        }
        call(
                () -> {
                    fader(stream).decibels(decibels);
                    return true;
                });
    }

    @Override
    public void mute(long stream, boolean muted) throws ControlException {
        call(
                () -> {
                    fader(stream).muted(muted);
                    return true;
                });
    }

    @Override
    public void move(long stream, String device) throws ControlException {
        call(
                () -> {
                    BayStream moved = require(stream).bayStream();
                    bay.move(moved, require(device, moved.device().stream()));
                    return true;
                });
    }

    @Override
    public void revoke(long grant) throws ControlException {
        call(
                () -> {
                    revoke(require(grant), "revoked by hand");
                    return true;
                });
    }

    private void revoke(Held held, String reason) {
        if (held instanceof GuestStream guest) {
            guests.revoke(guest);
        } else {
            revokeLoan(held, reason);
        }
    }

    private void revokeLoan(Held loan, String reason) {
        for (Session session : server.sessions()) {
            if (loan.equals(session.lent())) {
                session.revoke(reason);
            }
        }
    }

    @Override
    public int revokeProcess(int pid) throws ControlException {
        return call(
                () -> {
                    List<Held> found =
                            held().stream()
                                    .filter(held -> held.request().subject().pid() == pid)
                                    .toList();
                    found.forEach(held -> revoke(held, "revoked by hand"));
                    return found.size();
                });
    }

    @Override
    public long grant(String rule) throws ControlException {
        try {
            return policy.grant(RuleText.parse(rule), rule);
        } catch (ConfigException e) {
            throw new ControlException(e.getMessage());
        }
    }

    @Override
    public void forget(long rule) throws ControlException {
        if (!policy.forget(rule)) {
            throw new ControlException("There is no rule " + rule + ".");
        }
        call(
                () -> {
                    enforcePolicy();
                    return true;
                });
    }

    @Override
    public void defaultDevice(String device) throws ControlException {
        call(
                () -> {
                    List<BayDevice> found = StateReport.find(bay, device);
                    for (PcmStream direction : PcmStream.values()) {
                        if (found.stream().anyMatch(d -> d.stream() == direction)) {
                            bay.makeDefault(require(device, direction));
                        }
                    }
                    if (found.isEmpty()) {
                        throw noSuchDevice(device, found);
                    }
                    return true;
                });
    }

    @Override
    public int addCard(String spec) throws ControlException {
        return call(() -> cards.add(spec));
    }

    @Override
    public void removeCard(int card) throws ControlException {
        call(
                () -> {
                    cards.remove(card);
                    return true;
                });
    }

    @Override
    public void reload() throws ControlException {
        ServerConfig fresh;
        try {
            fresh = setup.reread().read();
        } catch (ConfigException e) {
            throw new ControlException(e.getMessage());
        }
        policy.reload(fresh.rules());
        call(
                () -> {
                    enforcePolicy();
                    return true;
                });
    }

    /** What is not allowed any more is taken back; what still is does not notice. */
    private void enforcePolicy() {
        for (Held held : held()) {
            if (!policy.stillAllows(held.request())) {
                revoke(held, "not allowed any more");
            }
        }
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
