package io.pcmshare.client;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.RealClock;
import io.pcmshare.cards.WavCard;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.Cut;
import io.pcmshare.server.LockstepTimekeeper;
import io.pcmshare.server.RealTimekeeper;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.SessionPolicy;
import io.pcmshare.server.ShareServer;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.Clocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that plays into a WAV file: S16_LE, 2 channels, 48 kHz. */
final class TestHost implements AutoCloseable {
    static final int RATE = 48_000;

    final Path path;
    final WavCard card;
    final SharedStream stream;
    final ShareServer server;
    final List<Cut> cuts = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final AtomicInteger moves = new AtomicInteger();
    final CountDownLatch cut = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final AudioThread audio;
    private final Thread control;
    private volatile boolean stopped;

    TestHost(Path dir, Permissions permissions, boolean lockstep, long period, long buffer)
            throws Exception {
        this(dir, new SessionPolicy(permissions, false, uidOf(dir)), lockstep, period, buffer);
    }

    TestHost(Path dir, SessionPolicy policy, boolean lockstep, long period, long buffer)
            throws Exception {
        Permissions permissions = policy.permissions();
        path = dir.resolve("s");
        ManualClock manual = new ManualClock(Clocks.monotonicNanos(), Clocks.realtimeNanos());
        CardClock clock = lockstep ? manual : new RealClock();
        card = new WavCard(0, clock, new MemfdRegions(), dir.resolve("out.wav"), null);
        stream = new SharedStream(open(card, permissions, period, buffer));
        if (lockstep) {
            LockstepTimekeeper timekeeper = new LockstepTimekeeper(card.card(), manual);
            timekeeper.feeder(stream);
            audio = new AudioThread(timekeeper, failures::add);
        } else {
            audio = new AudioThread(new RealTimekeeper(card.card()), failures::add);
        }
        server = new ShareServer(path, stream, policy, new Watcher());
        control = Thread.ofPlatform().name("pcm-control").daemon().start(this::serve);
    }

    static int uidOf(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    private static PcmFile open(WavCard card, Permissions permissions, long period, long buffer)
            throws PcmOpenException {
        PcmDevice device = card.card().devices().getFirst();
        PcmFile owner = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, 0);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, RATE);
        space.set(HwParam.PERIOD_SIZE, period);
        space.set(HwParam.BUFFER_SIZE, buffer);
        check(owner.hwParams(space));
        check(owner.prepare());
        if (!permissions.has(Right.MAP_CONTROL)) {
            // a client without a pointer of its own cannot be late
            long boundary = owner.geometry().boundary();
            check(
                    owner.swParams(
                            owner.currentSwParams()
                                    .withStopThreshold(boundary)
                                    .withSilence(0, boundary)));
        }
        return owner;
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

    private final class Watcher implements SessionListener {
        @Override
        public void onCut(Session session, Cut how) {
            cuts.add(how);
            cut.countDown();
        }

        @Override
        public void onMoved(Session session) {
            moves.incrementAndGet();
        }

        @Override
        public void onClosed(Session session) {
            closed.countDown();
        }
    }

    static void check(long answer) {
        if (answer < 0) {
            throw new AssertionError("answer=" + answer);
        }
    }

    /** Stops both threads and finishes the file. */
    @Override
    public void close() throws IOException {
        stopped = true;
        server.wakeUp();
        try {
            control.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        audio.close();
        server.close();
        stream.close();
        card.close();
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst());
        }
    }
}
