package io.pcmshare.bench;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.client.PlaybackStream;
import io.pcmshare.client.StreamOptions;
import io.pcmshare.server.control.ControlClient;
import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.sys.Clocks;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many clients of a running server, which play at once; says what that cost it. Arguments: its
 * socket, its control socket, how many, for how many seconds.
 */
public final class Crowd {
    private static final PcmFormat[] FORMATS = {
        PcmFormat.S16_LE, PcmFormat.FLOAT_LE, PcmFormat.S32_LE, PcmFormat.S24_3LE, PcmFormat.U8
    };

    /** Half of them are at the device's own rate. */
    private static final int[] RATES = {48_000, 44_100, 48_000, 96_000, 48_000, 32_000};

    private static final int[] CHANNELS = {2, 2, 1, 6};
    private static final int PERIOD_PER_SECOND = 187;
    private static final int PERIODS = 16;
    private static final long WARM_SECONDS = 10;

    private Crowd() {}

    /** Plays. */
    public static void main(String[] arguments) throws Exception {
        Path socket = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        AtomicLong xruns = new AtomicLong();
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        try (ControlClient server = ControlClient.connect(Path.of(arguments[1]))) {
            for (int i = 0; i < count; i++) {
                int number = i;
                threads.add(
                        Thread.ofPlatform()
                                .name("client-" + i)
                                .start(() -> play(socket, number, stop, xruns)));
            }
            TimeUnit.SECONDS.sleep(WARM_SECONDS);
            long before = xruns.get();
            ServerState first = server.state();
            long cpuBefore = Clocks.processCpuNanos(first.pid());
            long beganNanos = Clocks.monotonicNanos();
            TimeUnit.SECONDS.sleep(seconds);
            ServerState last = server.state();
            double cpu = 100.0 * (Clocks.processCpuNanos(first.pid()) - cpuBefore);
            cpu /= Clocks.monotonicNanos() - beganNanos;
            System.out.printf(
                    "streams %d, seconds %d, server's xruns %d, clients' xruns %d, server's CPU"
                            + " %.1f %% of a core%n",
                    last.streams().size(),
                    seconds,
                    last.xruns() - first.xruns(),
                    xruns.get() - before,
                    cpu);
            for (HistogramState each : last.histograms()) {
                System.out.printf(
                        "%-14s count %d p50 %d p99 %d p99.9 %d max %d%n",
                        each.name(), each.count(), each.p50(), each.p99(), each.p999(), each.max());
            }
            stop.countDown();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void play(Path socket, int number, CountDownLatch stop, AtomicLong xruns) {
        int rate = RATES[number % RATES.length];
        int period = rate / PERIOD_PER_SECOND;
        StreamOptions options =
                StreamOptions.playback(
                                FORMATS[number % FORMATS.length],
                                CHANNELS[number / 2 % CHANNELS.length],
                                rate)
                        .with(period, PERIODS * period);
        MemorySegment samples = MemorySegment.ofArray(new byte[period * options.frameBytes()]);
        try (PlaybackStream stream = PlaybackStream.open(socket, options)) {
            long seen = 0;
            while (stop.getCount() > 0) {
                stream.write(samples, 0, period);
                xruns.addAndGet(stream.xruns() - seen);
                seen = stream.xruns();
            }
        } catch (IOException e) {
            System.err.println("client " + number + ": " + e.getMessage());
        }
    }
}
