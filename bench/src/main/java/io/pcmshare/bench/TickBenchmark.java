package io.pcmshare.bench;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of a period with some, and with many, running playback streams on null cards. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TickBenchmark {
    private static final long PERIOD_NANOS = 5_333_334L;
    private static final int SUBSTREAMS_PER_CARD = 8;

    @Param({"1", "16", "256"})
    private int streams;

    private final ManualClock clock = new ManualClock();
    private final List<Card> cards = new ArrayList<>();

    /** Starts the streams, eight a card. */
    @Setup(Level.Trial)
    public void start() throws PcmOpenException {
        for (int i = 0; i < streams; i++) {
            if (i % SUBSTREAMS_PER_CARD == 0) {
                cards.add(NullCard.create(cards.size(), clock, new ArenaRegions()));
            }
            startOne(cards.getLast().devices().getFirst());
        }
    }

    private static void startOne(PcmDevice device) throws PcmOpenException {
        PcmFile file =
                device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, 48_000);
        space.set(HwParam.PERIOD_SIZE, 256);
        space.set(HwParam.BUFFER_SIZE, 4096);
        file.hwParams(space);
        file.swParams(file.currentSwParams().withStopThreshold(file.geometry().boundary()));
        file.prepare();
        file.forward(4096);
        file.start();
    }

    /** All streams moved by a period. */
    @Benchmark
    public long tick() {
        clock.advance(PERIOD_NANOS);
        for (int i = 0; i < cards.size(); i++) {
            cards.get(i).tick();
        }
        return clock.monotonicNanos();
    }
}
