package io.pcmshare.cli.demo;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.WavCard;
import io.pcmshare.cards.WavFile;
import io.pcmshare.client.Connection;
import io.pcmshare.client.PagePlayer;
import io.pcmshare.client.StreamMemory;
import io.pcmshare.client.WakeListener;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.LockstepTimekeeper;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.SessionPolicy;
import io.pcmshare.server.ShareServer;
import io.pcmshare.server.patch.WarmUp;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.Sandbox;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs server and client of a small session in one process, so that the launcher's start-up archive
 * learns the classes of both. Nothing is printed, nothing is left.
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private static final int LOOK_MILLIS = 50;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("pcmshare-train-");
        Path played = folder.resolve("demo.wav");
        Path recording = folder.resolve("recording.wav");
        Path socket = folder.resolve("socket");
        try {
            try (InputStream shipped =
                    Objects.requireNonNull(
                            DemoCommand.class.getResourceAsStream("demo.wav"), "demo.wav")) {
                Files.copy(shipped, played);
            }
            try (WavFile wav = WavFile.open(played)) {
                session(wav, socket, recording);
            }
            RunTraining.train(played);
            WarmUp.run(new MemfdRegions());
        } finally {
            Files.deleteIfExists(recording);
            Files.deleteIfExists(played);
            Files.delete(folder);
        }
        return Sandbox.available() ? 0 : 1;
    }

    private static void session(WavFile wav, Path socket, Path recording)
            throws IOException, InterruptedException, PcmOpenException {
        ManualClock clock = new ManualClock();
        try (WavCard card = new WavCard(0, clock, new MemfdRegions(), recording, null);
                SharedStream stream = new SharedStream(configure(card, wav))) {
            LockstepTimekeeper keeper = new LockstepTimekeeper(card.card(), clock);
            keeper.feeder(stream);
            AtomicBoolean over = new AtomicBoolean();
            SessionListener listener =
                    new SessionListener() {
                        @Override
                        public void onClosed(Session session) {
                            over.set(true);
                        }
                    };
            int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            SessionPolicy policy = new SessionPolicy(Permissions.PAGES, false, uid);
            try (ShareServer server = new ShareServer(socket, stream, policy, listener);
                    AudioThread _ = new AudioThread(keeper, failure -> over.set(true))) {
                Thread client = Thread.ofPlatform().start(() -> play(wav, socket));
                while (!over.get()) {
                    server.doWork(LOOK_MILLIS);
                }
                client.join();
            }
        }
    }

    private static PcmFile configure(WavCard card, WavFile wav) throws PcmOpenException {
        PcmDevice device = card.card().devices().getFirst();
        PcmFile owner = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, wav.format().format().maskBit());
        space.set(HwParam.CHANNELS, wav.format().channels());
        space.set(HwParam.RATE, wav.format().rate());
        space.set(HwParam.PERIOD_SIZE, 240);
        space.set(HwParam.BUFFER_SIZE, 4800);
        owner.hwParams(space);
        owner.swParams(owner.currentSwParams().withStartThreshold(owner.geometry().boundary()));
        owner.prepare();
        return owner;
    }

    private static void play(WavFile wav, Path socket) {
        try (Connection connection = Connection.open(socket);
                StreamMemory memory = connection.request(false)) {
            Histogram latencies = new Histogram(60_000_000_000L, 3);
            WakeListener listener =
                    nanos -> latencies.recordValue(Math.clamp(nanos, 0, 1_000_000_000L));
            PagePlayer player = new PagePlayer(connection, memory, wav.samples(), listener);
            long start = connection.start(player.prefill());
            connection.finish(player.play(start));
        } catch (IOException e) {
            throw new IllegalStateException("training", e);
        }
    }
}
