package io.pcmshare.client;

import io.pcmshare.cards.CardSpec;
import io.pcmshare.server.SessionLimits;
import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.daemon.ClientSocket;
import io.pcmshare.server.daemon.Daemon;
import io.pcmshare.sys.ServiceManager;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A daemon within this process. */
final class DaemonHost implements AutoCloseable {
    /** All clients are of this one process. */
    private static final SessionLimits LIMITS =
            new SessionLimits(200, 200, SessionLimits.USUAL.patienceNanos());

    final Path socket;
    final ServerControl daemon;
    private final Daemon running;
    private final ClientSocket claimed;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Thread control;

    DaemonHost(Path folder, TimeMode time, String... cards) throws Exception {
        this(folder, time, 0, cards);
    }

    DaemonHost(Path folder, TimeMode time, int periodFrames, String... cards) throws Exception {
        socket = folder.resolve("socket");
        ServerConfig config =
                new ServerConfig(
                        new ServerConfig.Places(socket, folder.resolve("control"), null),
                        time,
                        null,
                        Arrays.stream(cards).map(card -> card(card, periodFrames)).toList(),
                        ServerConfig.DefaultDevices.FIRST,
                        LIMITS,
                        List.of());
        claimed = ClientSocket.open(socket, ServiceManager.ofProcess());
        running =
                new Daemon(
                        new Daemon.Setup(
                                "test", config, claimed.socket(), claimed.file(), () -> config));
        daemon = running.control();
        control = Thread.ofPlatform().name("pcm-control").daemon().start(this::serve);
        // the first answer says that it runs
        var _ = daemon.state();
    }

    private static CardConfig card(String text, int periodFrames) {
        return new CardConfig(text, CardSpec.parse(text), periodFrames, 0, 0, null, true, true);
    }

    private void serve() {
        try {
            running.run();
        } catch (IOException | RuntimeException e) {
            failures.add(e);
        }
    }

    /** Ends it as SIGTERM does. */
    @Override
    public void close() throws IOException {
        daemon.stop();
        try {
            control.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        running.close();
        claimed.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("the daemon failed", failures.getFirst());
        }
    }
}
