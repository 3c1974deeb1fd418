package io.pcmshare.bench;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.SyncPtrFlag;
import io.pcmshare.abi.XferI;
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

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * What one running playback stream costs: 48 kHz stereo S16, period 256, buffer 4096, on a null
 * card whose clock stands for the driver's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {
    private static final int PERIOD = 256;
    private static final int BUFFER = 4096;
    private static final long PERIOD_NANOS = 5_333_334L;

    private final ManualClock clock = new ManualClock();
    private final Card card = NullCard.create(0, clock, new ArenaRegions());
    private final BenchCaller caller = new BenchCaller();
    private final HwParamSpace space = new HwParamSpace();
    private final SyncPtr sync = new SyncPtr(caller.memory(), DataModel.LP64);
    private final XferI xfer = new XferI(caller.memory(), DataModel.LP64);
    private final int syncPtr = PcmIoctl.SYNC_PTR.request(DataModel.LP64);
    private final int writei = PcmIoctl.WRITEI_FRAMES.request(DataModel.LP64);

    @SuppressWarnings("NullAway.Init") // by start()
    private PcmFile file;

    /** A stream that runs whatever happens. */
    @Setup(Level.Trial)
    public void start() throws PcmOpenException {
        PcmDevice device = card.devices().getFirst();
        file = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        choose(space);
        file.hwParams(space);
        long boundary = file.geometry().boundary();
        file.swParams(file.currentSwParams().withStopThreshold(boundary));
        file.prepare();
        file.forward(BUFFER);
        file.start();
    }

    private static void choose(HwParamSpace space) {
        space.setAny();
        space.mask(HwParam.ACCESS, PcmAccess.RW_INTERLEAVED.maskBit());
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, 48_000);
        space.set(HwParam.PERIOD_SIZE, PERIOD);
        space.set(HwParam.BUFFER_SIZE, BUFFER);
    }

    /** The position brought up to a clock that has moved by a period. */
    @Benchmark
    public int pointerUpdate() {
        clock.advance(PERIOD_NANOS);
        return file.hwsync();
    }

    /** SYNC_PTR that reads, with hardware sync, as alsa-lib asks in every cycle. */
    @Benchmark
    public long syncPtr() {
        clock.advance(PERIOD_NANOS);
        sync.flags(SyncPtrFlag.HWSYNC | SyncPtrFlag.APPL | SyncPtrFlag.AVAIL_MIN);
        return file.ioctl(syncPtr, BenchCaller.BASE, caller);
    }

    /** WRITEI of one period, from the program's memory into the ring. */
    @Benchmark
    public long writeiOfAPeriod() {
        clock.advance(PERIOD_NANOS);
        xfer.buf(BenchCaller.BASE + 4096);
        xfer.frames(PERIOD);
        return file.ioctl(writei, BenchCaller.BASE, caller);
    }

    /** Everything open refined to what the device can do. */
    @Benchmark
    public int refineEverything() {
        space.setAny();
        return file.hwRefine(space);
    }

    /** A whole choice, as HW_PARAMS of a program that knows what it wants. */
    @Benchmark
    public int refineOneChoice() {
        choose(space);
        return file.hwRefine(space);
    }

    /** How fast the machine copies a period: the yardstick. */
    @Benchmark
    public MemorySegment copyOfAPeriod() {
        MemorySegment memory = caller.memory();
        MemorySegment.copy(memory, 4096, memory, 8192, PERIOD * 4L);
        return memory;
    }
}
