package io.pcmshare.client;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.RealClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.RealTimekeeper;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionLimits;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.SessionPolicy;
import io.pcmshare.server.ShareServer;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedStream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Two streams of one device, in real time, each with a server at a socket of its own: S16_LE, 2
 * channels, 48 kHz. A stream whose session is over is made ready for the next.
 */
final class TwoStreams implements AutoCloseable {
    static final int PERIOD = 1024;

    /** 0.7 s: longer than a busy machine keeps a client waiting. */
    static final int BUFFER = 32 * PERIOD;

    /** With the first stream's client, who waits until an attack was made once. */
    private static final long LONG_NANOS = 20_000_000_000L;

    /** With the second's: attackers wait until it is over. */
    private static final long SHORT_NANOS = 300_000_000L;

    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final Served first;
    final Served second;
    private final Card card;
    private final AudioThread audio;

    TwoStreams(Path dir) throws Exception {
        card = new Card(0, "Test", "Test card", new RealClock(), new MemfdRegions());
        PcmDevice device = card.addDevice("Test PCM", "Test PCM");
        HeardOps[] ops = {new HeardOps(), new HeardOps()};
        for (HeardOps one : ops) {
            device.addSubstream(PcmStream.PLAYBACK, one);
        }
        audio = new AudioThread(new RealTimekeeper(card), failures::add);
        first = new Served(dir.resolve("first"), device, ops[0], LONG_NANOS);
        second = new Served(dir.resolve("second"), device, ops[1], SHORT_NANOS);
    }

    /** One of the streams, and its server. */
    final class Served implements SessionListener, AutoCloseable {
        final Path path;
        final HeardOps ops;
        final SharedStream stream;
        final ShareServer server;
        private final Thread control;
        private final Semaphore closed = new Semaphore(0);
        private volatile boolean stopped;

        private Served(Path path, PcmDevice device, HeardOps ops, long patienceNanos)
                throws Exception {
            this.path = path;
            this.ops = ops;
            this.stream = new SharedStream(open(device));
            SessionPolicy policy =
                    new SessionPolicy(
                            Permissions.PAGES,
                            false,
                            TestHost.uidOf(path.resolveSibling(".")),
                            GrantTerms.NEVER,
                            GrantTerms.UNLIMITED,
                            new SessionLimits(64, 8, patienceNanos));
            this.server = new ShareServer(path, stream, policy, this);
            this.control = Thread.ofPlatform().name("pcm-control").daemon().start(this::serve);
        }

        private void serve() {
            try {
                while (!stopped) {
                    server.doWork(1000);
                }
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }

        @Override
        public void onClosed(Session session) {
            if (stream.grants().isEmpty()) {
                PcmFile owner = stream.owner();
                TestHost.check(owner.drop());
                TestHost.check(owner.prepare());
            }
            closed.release();
        }

        /** Waits until nobody is connected; its sessions are those that do not end. */
        void awaitNobody() throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (sessions() > 0 && System.nanoTime() < end) {
                closed.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
            if (sessions() > 0) {
                throw new AssertionError("sessions=" + sessions() + ", failures=" + failures);
            }
        }

        private int sessions() throws Exception {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            server.execute(() -> answer.complete(server.sessions().size()));
            return answer.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            stopped = true;
            server.wakeUp();
            try {
                control.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            server.close();
            stream.close();
        }
    }

    private static PcmFile open(PcmDevice device) throws Exception {
        PcmFile owner =
                device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, 48_000);
        space.set(HwParam.PERIOD_SIZE, PERIOD);
        space.set(HwParam.BUFFER_SIZE, BUFFER);
        TestHost.check(owner.hwParams(space));
        TestHost.check(owner.prepare());
        return owner;
    }

    /** Ends everything; says what failed meanwhile. */
    @Override
    public void close() throws IOException {
        first.close();
        second.close();
        audio.close();
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst());
        }
    }
}
