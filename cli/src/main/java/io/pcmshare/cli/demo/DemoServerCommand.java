package io.pcmshare.cli.demo;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.CardModels;
import io.pcmshare.cards.RealClock;
import io.pcmshare.cards.WavCard;
import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormat;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.SoftwareParams;
import io.pcmshare.server.AudioThread;
import io.pcmshare.server.Cut;
import io.pcmshare.server.LockstepTimekeeper;
import io.pcmshare.server.PlayOnSilently;
import io.pcmshare.server.RealTimekeeper;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionListener;
import io.pcmshare.server.SessionPolicy;
import io.pcmshare.server.ShareServer;
import io.pcmshare.server.Timekeeper;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.Clocks;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The server of a demonstration; started by the judge. */
@Command(name = "demo-server", hidden = true)
public final class DemoServerCommand implements Callable<Integer>, SessionListener {
    private static final int LOOK_MILLIS = 200;

    @Option(names = "--socket", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path socket;

    @Option(names = "--out", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(names = "--revoke")
    private boolean revoke;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DemoOptions options;

    @Parameters
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    private @Nullable SharedStream stream;
    private @Nullable PlayOnSilently silence;
    private long totalFrames;
    private long cpuBefore;
    private boolean finished;
    private boolean closed;
    private volatile boolean orphaned;
    private volatile @Nullable Throwable audioFailure;

    @Override
    public Integer call() throws Exception {
        WavFormat format;
        try (WavFile wav = WavFile.open(file)) {
            format = wav.format();
            totalFrames = wav.frames();
        }
        boolean lockstep = options.isLockstep();
        ManualClock virtual = new ManualClock(Clocks.monotonicNanos(), Clocks.realtimeNanos());
        CardClock clock = lockstep ? virtual : new RealClock();
        WavCard wavCard = new WavCard(0, clock, new MemfdRegions(), out, null);
        PcmDevice device = wavCard.card().devices().getFirst();
        try {
            try (SharedStream shared = new SharedStream(configure(device, format))) {
                stream = shared;
                Timekeeper timekeeper;
                if (lockstep) {
                    LockstepTimekeeper keeper = new LockstepTimekeeper(wavCard.card(), virtual);
                    keeper.feeder(shared);
                    timekeeper = keeper;
                } else {
                    timekeeper = new RealTimekeeper(wavCard.card());
                }
                serve(shared, timekeeper);
            }
            note("freed", device.subdevicesAvail(PcmStream.PLAYBACK) == 1);
        } finally {
            finishRecording(wavCard);
        }
        return 0;
    }

    private void finishRecording(WavCard card) {
        try {
            card.close();
        } catch (IOException e) {
            throw new BadInputException("cannot write " + out + ": " + e.getMessage() + ".", e);
        }
    }

    /** Opens the substream and sets it up for the file's format. */
    private PcmFile configure(PcmDevice device, WavFormat format) throws PcmOpenException {
        PcmFile owner = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR, PcmDevice.ANY_SUBDEVICE);
        try {
            setUp(owner, format);
            return owner;
        } catch (BadInputException e) {
            owner.close();
            throw e;
        }
    }

    private void setUp(PcmFile owner, WavFormat format) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.ACCESS, PcmAccess.MMAP_INTERLEAVED.maskBit());
        space.mask(HwParam.FORMAT, format.format().maskBit());
        space.set(HwParam.CHANNELS, format.channels());
        space.set(HwParam.RATE, format.rate());
        space.set(HwParam.PERIOD_SIZE, options.periodFor(format.rate()));
        space.set(HwParam.BUFFER_SIZE, options.bufferFor(format.rate()));
        require(owner.hwParams(space), () -> refusal(format));
        long boundary = owner.geometry().boundary();
        SoftwareParams params = owner.currentSwParams().withStartThreshold(boundary);
        if (options.permission == DemoOptions.Granted.BUFFER) {
            // a client without a pointer cannot be late by it: the stream runs on whatever happens,
            // and what was played is silence at once, so that nothing stale is heard
            params = params.withStopThreshold(boundary).withSilence(0, boundary);
        }
        require(owner.swParams(params), () -> "the card refuses the software parameters");
        require(owner.prepare(), () -> "the card cannot be prepared");
    }

    private interface Sentence {
        String text();
    }

    private void require(int answer, Sentence sentence) {
        if (answer == Errno.EINVAL.negated()) {
            throw new BadInputException(file + ": " + sentence.text() + ".");
        }
        if (answer < 0) {
            throw new BadInputException("cannot write " + out + ": " + Errno.nameOf(-answer) + ".");
        }
    }

    private String refusal(WavFormat format) {
        PcmHardware card = CardModels.WAV;
        return "the card refuses "
                + format.format()
                + ", "
                + format.channels()
                + " channels, "
                + format.rate()
                + " Hz with period "
                + options.periodFor(format.rate())
                + " and buffer "
                + options.bufferFor(format.rate())
                + " frames (it takes "
                + card.channelsMin()
                + " to "
                + card.channelsMax()
                + " channels, "
                + card.rateMin()
                + " to "
                + card.rateMax()
                + " Hz, whole periods, at least 2, at most "
                + card.bufferBytesMax()
                + " bytes)";
    }

    private void serve(SharedStream shared, Timekeeper timekeeper) throws IOException {
        Permissions permissions =
                options.permission == DemoOptions.Granted.BUFFER
                        ? Permissions.BUFFER
                        : Permissions.PAGES;
        int uid = Integer.parseInt(ownUid());
        SessionPolicy policy = new SessionPolicy(permissions, true, uid);
        try (ShareServer server = new ShareServer(socket, shared, policy, this);
                AudioThread _ = new AudioThread(timekeeper, failure -> fail(server, failure))) {
            note("permissions", permissions);
            note("descriptor", descriptorName(shared));
            note("serverPid", ProcessHandle.current().pid());
            shared.owner().park(halfWay(shared, server));
            note("ready", "yes");
            Thread.ofPlatform().name("judge-watch").daemon().start(() -> awaitJudge(server));
            while (!(finished && closed) && !orphaned) {
                server.doWork(LOOK_MILLIS);
                if (silence != null && silence.isFinished()) {
                    finished = true;
                }
                if (audioFailure != null) {
                    throw new IllegalStateException("pcm-audio stopped", audioFailure);
                }
            }
            note("xruns", shared.owner().substream().xruns());
            note("copied", shared.owner().substream().copiedFrames());
            note("cpuNanos", Clocks.processCpuNanos() - cpuBefore);
        }
    }

    /** The judge holds the other end of our standard input for as long as it lives. */
    private void awaitJudge(ShareServer server) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the same: there is nobody to report to
        }
        orphaned = true;
        server.wakeUp();
    }

    private void fail(ShareServer server, Throwable failure) {
        audioFailure = failure;
        server.wakeUp();
    }

    private static String ownUid() throws IOException {
        return java.nio.file.Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }

    private static String descriptorName(SharedStream shared) throws IOException {
        SharedRegion data =
                (SharedRegion)
                        Objects.requireNonNull(shared.owner().memory().regions().data(), "no ring");
        return data.borrowFd().target();
    }

    /** Says when half of the file was played, and takes the grant back if it is to. */
    private io.pcmshare.core.pcm.Waiter halfWay(SharedStream shared, ShareServer server) {
        return () -> {
            boolean there =
                    shared.owner().startedNanos() != 0 && shared.owner().hwPtr() >= totalFrames / 2;
            if (there) {
                server.execute(
                        () -> {
                            note("half", "yes");
                            if (revoke) {
                                server.sessions().forEach(s -> s.revoke("revoked by its owner"));
                            }
                        });
            }
            return there;
        };
    }

    @Override
    public void onBegin(Session session) {
        cpuBefore = Clocks.processCpuNanos();
        note("startNanos", Objects.requireNonNull(stream).owner().startedNanos());
    }

    @Override
    public void onFinished(Session session, long frames) {
        finished = true;
    }

    @Override
    public void onCut(Session session, Cut cut) {
        note("cutReason", cut.reason());
        note("cutNoticed", cut.noticedFrame());
        note("cutSilent", cut.silentFromFrame());
        note("cutNanos", cut.nanos());
        PcmFile owner = Objects.requireNonNull(stream).owner();
        long until =
                revoke
                        ? totalFrames
                        : Math.min(
                                totalFrames, cut.silentFromFrame() + owner.geometry().bufferSize());
        silence = new PlayOnSilently(owner);
        silence.until(until);
    }

    @Override
    public void onClosed(Session session) {
        closed = true;
        // a client that ended before it began has nothing left to finish
        finished |= silence == null;
    }

    private static void note(String key, Object value) {
        System.out.println(key + "=" + value);
    }
}
