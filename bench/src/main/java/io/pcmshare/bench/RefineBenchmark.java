package io.pcmshare.bench;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.NullCard;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** How long single refinements of random spaces last, the slowest ones included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RefineBenchmark {
    private static final int QUESTIONS = 1024;
    private static final long SEED = 20190204L;

    private final Card card = NullCard.create(0, new ManualClock(), new ArenaRegions());
    private final BenchCaller caller = new BenchCaller();
    private final HwParamSpace[] questions = new HwParamSpace[QUESTIONS];
    private final HwParams argument = new HwParams(caller.memory(), DataModel.LP64);
    private final int hwRefine = PcmIoctl.HW_REFINE.request(DataModel.LP64);
    private int next;

    @SuppressWarnings("NullAway.Init") // by open()
    private PcmFile file;

    /** A device to ask, and what to ask it. */
    @Setup(Level.Trial)
    public void open() throws PcmOpenException {
        PcmDevice device = card.devices().getFirst();
        file = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < QUESTIONS; i++) {
            questions[i] = question(random);
        }
    }

    /** One to four intervals of what programs ask for. */
    private static HwParamSpace question(SplittableRandom random) {
        HwParamSpace space = new HwParamSpace();
        if (random.nextBoolean()) {
            space.interval(HwParam.RATE).setRange(random.nextLong(48_000), 192_000);
        }
        if (random.nextBoolean()) {
            space.set(HwParam.CHANNELS, random.nextLong(1, 3));
        }
        if (random.nextBoolean()) {
            long micros = random.nextLong(1_000, 1_000_000);
            space.interval(HwParam.PERIOD_TIME).setRange(micros / 2, micros);
        }
        if (random.nextBoolean()) {
            long frames = random.nextLong(64, 65_536);
            space.interval(HwParam.BUFFER_SIZE).setRange(frames / 3, frames);
        }
        return space;
    }

    /** HW_REFINE through the ioctl entry, struct in and struct out. */
    @Benchmark
    public long hwRefineOfARandomSpace() {
        next = (next + 1) % QUESTIONS;
        questions[next].write(argument);
        return file.ioctl(hwRefine, BenchCaller.BASE, caller);
    }
}
