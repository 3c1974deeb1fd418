package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** An hour of sound in lockstep, by clients that come, move, are revoked and go. */
@NoFdLeaks
@Timeout(300)
final class DaemonChurnTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** At once; of as many hours an hour has passed. */
    private static final int CLIENTS = 4;

    private static final long SEED = 20_261_126;

    /** Pages of code and buffers of the machine come and go; an hour's leak would be far more. */
    private static final long FLAT_BYTES = 48L << 20;

    private static final PcmFormat[] FORMATS = {
        PcmFormat.S16_LE, PcmFormat.FLOAT_LE, PcmFormat.S24_3LE
    };

    /** Few of another rate than the device's: an hour of resampling takes a minute. */
    private static final int[] RATES = {
        48_000, 48_000, 44_100, 48_000, 48_000, 48_000, 48_000, 48_000, 48_000, 48_000, 48_000, 8000
    };

    @TempDir Path folder;

    private final AtomicLong playedNanos = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void memoryAndDescriptorsAreFlatOverAnHourOfChurn() throws Exception {
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, 4800, "null", "null")) {
            churn(host, HOUR_NANOS / 10);
            long descriptors = descriptors();
            long bytes = residentBytes();

            churn(host, HOUR_NANOS);

            assertThat(failure.get()).as("seed=%d", SEED).isNull();
            ServerState state = host.daemon.state();
            assertThat(state.streams()).isEmpty();
            assertThat(state.grants()).isEmpty();
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
            assertThat(residentBytes() - bytes).as("bytes more").isLessThan(FLAT_BYTES);
        }
    }

    private void churn(DaemonHost host, long nanos) throws Exception {
        playedNanos.set(0);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (playedNanos.get() < CLIENTS * nanos
                                                && failure.get() == null) {
                                            play(host, random);
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        while (!host.daemon.state().streams().isEmpty()) {
            Thread.onSpinWait(); // the last ones are about to be taken notice of
        }
    }

    private void play(DaemonHost host, SplittableRandom random) {
        int rate = RATES[random.nextInt(RATES.length)];
        StreamOptions options =
                StreamOptions.playback(
                                FORMATS[random.nextInt(FORMATS.length)],
                                1 + random.nextInt(2),
                                rate)
                        .with(rate / 10, rate);
        MemorySegment second = MemorySegment.ofArray(new byte[rate * options.frameBytes()]);
        int seconds = 1 + random.nextInt(60);
        boolean drains = random.nextInt(4) > 0;
        boolean isRevoked = random.nextInt(8) == 0;
        try (PlaybackStream stream = PlaybackStream.open(host.socket, options)) {
            for (int i = 0; i < seconds; i++) {
                stream.write(second, 0, rate);
                playedNanos.addAndGet(FrameTime.nanos(rate, rate));
                if (random.nextInt(16) == 0) {
                    disturb(host, random, isRevoked);
                }
            }
            if (drains) {
                stream.drain();
            }
        } catch (DisconnectedException e) {
            // it was revoked, by itself or by another of these clients
        } catch (IOException | RuntimeException | ControlException e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void disturb(DaemonHost host, SplittableRandom random, boolean revokes)
            throws ControlException {
        List<Long> streams =
                host.daemon.state().streams().stream().map(stream -> stream.number()).toList();
        if (streams.isEmpty()) {
            return;
        }
        long stream = streams.get(random.nextInt(streams.size()));
        try {
            if (revokes) {
                host.daemon.revoke(stream);
            } else {
                host.daemon.volume(stream, -random.nextInt(60));
                host.daemon.move(stream, random.nextInt(2) + ",0");
            }
        } catch (ControlException gone) {
            if (!gone.getMessage().contains("There is no stream")) {
                throw gone;
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** What the process has in memory, after a collection. */
    private static long residentBytes() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS");
    }
}
