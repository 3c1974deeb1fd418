package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.WavFile;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.WireCodec;
import io.pcmshare.sys.UnixSocket;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What clients say that mean no good: one that plays meanwhile is heard to the bit. */
@NoFdLeaks
@Timeout(120)
final class DaemonHostileTest {
    private static final int FRAMES = 2_000_000;
    private static final int FRAME_BYTES = 4;
    private static final int RATE = 48_000;
    private static final long SEED = 20_261_126;
    private static final int LEAST_ROUNDS = 50;

    @TempDir Path folder;

    @Test
    void nothingThatIsSaidDisturbsWhoPlays() throws Exception {
        Path out = folder.resolve("good.wav");
        byte[] played = new byte[FRAMES * FRAME_BYTES];
        new SplittableRandom(SEED).nextBytes(played);
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong rounds = new AtomicLong();
        try (DaemonHost host =
                new DaemonHost(folder, TimeMode.LOCKSTEP, "null", "wav:out=" + out)) {
            List<Thread> hostile = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                hostile.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            while (!over.get()) {
                                                pester(host.socket, random);
                                                rounds.incrementAndGet();
                                            }
                                        }));
            }
            try {
                play(host.socket, played);
            } finally {
                over.set(true);
                for (Thread thread : hostile) {
                    thread.join();
                }
            }
            while (!host.daemon.state().streams().isEmpty()) {
                Thread.onSpinWait(); // they are about to be taken notice of
            }
        }
        assertThat(rounds.get()).as("seed=%d", SEED).isGreaterThan(LEAST_ROUNDS);
        try (WavFile wav = WavFile.open(out)) {
            byte[] heard = wav.samples().toArray(ValueLayout.JAVA_BYTE);
            assertThat(Arrays.mismatch(heard, played)).as("seed=%d", SEED).isEqualTo(-1);
        }
    }

    private static void play(Path socket, byte[] samples) throws IOException {
        StreamOptions options =
                StreamOptions.playback(PcmFormat.S16_LE, 2, RATE)
                        .with(4800, RATE)
                        .on(StreamOptions.deviceOf(1, 0));
        try (PlaybackStream stream = PlaybackStream.open(socket, options)) {
            stream.write(MemorySegment.ofArray(samples), 0, FRAMES);
            stream.drain();
            assertThat(stream.xruns()).isZero();
        }
    }

    /** Connects and says anything, until it is thrown out or has said enough. */
    private static void pester(Path socket, SplittableRandom random) {
        try (UnixSocket connected = UnixSocket.connect(socket);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(2L * WireCodec.MESSAGE_BYTES, Long.BYTES);
            int messages = random.nextInt(1, 40);
            for (int i = 0; i < messages; i++) {
                long length = say(bytes, random, i);
                if (connected.send(bytes, length) < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // thrown out, or too many of us: that is what servers do
        }
    }

    private static long say(MemorySegment bytes, SplittableRandom random, int number) {
        bytes.fill((byte) 0);
        int kind = random.nextInt(12);
        if (kind == 0) {
            for (long i = 0; i < bytes.byteSize(); i++) {
                bytes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
            }
            return random.nextLong(1, bytes.byteSize());
        }
        Message message =
                number == 0 || kind == 1
                        ? open(random)
                        : switch (kind) {
                            case 2 -> new Message.Hello(random.nextBoolean());
                            case 3, 4, 5 -> new Message.Ready(random.nextLong(Long.MAX_VALUE));
                            case 6 -> new Message.Done(random.nextLong(Long.MAX_VALUE));
                            case 7 -> new Message.Moved();
                            case 8 -> new Message.Volume(random.nextBoolean(), -random.nextInt(99));
                            case 9 -> new Message.Finished(1);
                            default ->
                                    new Message.Call(0x40 + random.nextInt(8), random.nextInt(2));
                        };
        WireCodec.encode(message, bytes);
        return WireCodec.MESSAGE_BYTES;
    }

    /** Most of them can be had. */
    private static Message.Open open(SplittableRandom random) {
        boolean sane = random.nextInt(4) > 0;
        return new Message.Open(
                random.nextInt(sane ? 2 : 16),
                sane ? 0 : random.nextInt(3),
                sane ? 2 : random.nextInt(60),
                1 + random.nextInt(sane ? 8 : 10_000),
                sane ? 44_100 : 1 + random.nextInt(1_000_000),
                sane ? Message.Open.ANY_DEVICE : random.nextInt(1 << 16, Integer.MAX_VALUE),
                random.nextInt(sane ? 5000 : Integer.MAX_VALUE),
                random.nextInt(sane ? 50_000 : Integer.MAX_VALUE),
                sane ? 0 : random.nextLong(),
                sane ? 0 : random.nextLong());
    }
}
