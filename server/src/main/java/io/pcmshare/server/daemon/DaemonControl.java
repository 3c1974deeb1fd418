package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.Session;
import io.pcmshare.server.ShareServer;
import io.pcmshare.server.config.ConfigException;
import io.pcmshare.server.config.RuleText;
import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.Waveform;
import io.pcmshare.server.measure.Histograms;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.patch.Fader;
import io.pcmshare.server.patch.Meter;
import io.pcmshare.server.policy.RulePolicy;
import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What people see of a daemon and do to it. Threads: any, but for what is said to be of the control
 * thread; what is asked is done there, and waited for.
 */
final class DaemonControl implements ServerControl {
    private static final int PICTURE_PIECES = 1000;
    private static final long ANSWER_SECONDS = 10;

    private final Parts parts;
    private final Runnable onStop;
    private final long beganNanos = Clocks.monotonicNanos();

    /** What a daemon is made of; all its own. */
    record Parts(
            Daemon.Setup setup,
            Bay bay,
            Cards cards,
            RulePolicy policy,
            AuditJournal audit,
            Histograms histograms,
            BayStreams streams,
            GuestStreams guests,
            ShareServer server,
            Vitals vitals) {}

    /**
     * That of a daemon.
     *
     * @param onStop has it end
     */
    DaemonControl(Parts parts, Runnable onStop) {
        this.parts = parts;
        this.onStop = onStop;
    }

    /** Streams, whoever has them. Threads: control. */
    List<Held> held() {
        List<Held> all = new ArrayList<>(parts.streams().loans());
        all.addAll(parts.guests().streams());
        return all;
    }

    /** Sets where streams go, where that was said. Threads: control, or before it runs. */
    void makeDefault(@Nullable String name, PcmStream stream) throws ControlException {
        if (name != null) {
            parts.bay().makeDefault(require(name, stream));
        }
    }

    @Override
    public void stop() {
        onStop.run();
    }

    /** For a look: what it plays rather than what it records. */
    private BayDevice anyOf(String name) throws ControlException {
        List<BayDevice> found = StateReport.find(parts.bay(), name);
        if (found.isEmpty()) {
            throw noSuchDevice(name, found);
        }
        return found.getFirst();
    }

    /** Does something on the control thread and waits for it. */
    private <T> T call(Callable<T> command) throws ControlException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        parts.server()
                .execute(
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
        StateReport report =
                new StateReport(parts.bay(), parts.streams().loans(), parts.guests().streams());
        return new ServerState(
                parts.setup().version(),
                (int) ProcessHandle.current().pid(),
                parts.setup().config().places().socket().toString(),
                parts.setup().config().time() == TimeMode.LOCKSTEP ? "lockstep" : "real",
                Clocks.monotonicNanos() - beganNanos,
                parts.vitals().cpuPercent(),
                parts.vitals().xruns(),
                parts.server().sessions().size(),
                report.devices(),
                report.streams(),
                report.grants(),
                parts.policy().rules(),
                parts.histograms().states());
    }

    @Override
    public List<AuditEntry> audit(long after) {
        return parts.audit().after(after);
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
                StateReport.find(parts.bay(), name).stream()
                        .filter(d -> d.stream() == stream)
                        .toList();
        if (found.size() != 1) {
            throw noSuchDevice(name, found);
        }
        return found.getFirst();
    }

    private ControlException noSuchDevice(String name, List<BayDevice> found) {
        List<BayDevice> all = found.isEmpty() ? parts.bay().devices() : found;
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
                    parts.bay().move(moved, require(device, moved.device().stream()));
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
            parts.guests().revoke(guest);
        } else {
            revokeLoan(held, reason);
        }
    }

    private void revokeLoan(Held loan, String reason) {
        for (Session session : parts.server().sessions()) {
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
            return parts.policy().grant(RuleText.parse(rule), rule);
        } catch (ConfigException e) {
            throw new ControlException(e.getMessage());
        }
    }

    @Override
    public void forget(long rule) throws ControlException {
        if (!parts.policy().forget(rule)) {
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
                    List<BayDevice> found = StateReport.find(parts.bay(), device);
                    for (PcmStream direction : PcmStream.values()) {
                        if (found.stream().anyMatch(d -> d.stream() == direction)) {
                            parts.bay().makeDefault(require(device, direction));
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
        return call(() -> parts.cards().add(spec));
    }

    @Override
    public void removeCard(int card) throws ControlException {
        call(
                () -> {
                    parts.cards().remove(card);
                    return true;
                });
    }

    @Override
    public void reload() throws ControlException {
        ServerConfig fresh;
        try {
            fresh = parts.setup().reread().read();
        } catch (ConfigException e) {
            throw new ControlException(e.getMessage());
        }
        parts.policy().reload(fresh.rules());
        call(
                () -> {
                    enforcePolicy();
                    return true;
                });
    }

    /** What is not allowed any more is taken back; what still is does not notice. */
    private void enforcePolicy() {
        for (Held held : held()) {
            if (!parts.policy().stillAllows(held.request())) {
                revoke(held, "not allowed any more");
            }
        }
    }
}
