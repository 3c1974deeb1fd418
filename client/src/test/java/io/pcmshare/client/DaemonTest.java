package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormat;
import io.pcmshare.cards.WavRecorder;
import io.pcmshare.server.config.TimeMode;
import io.pcmshare.server.control.StreamState;
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
import java.util.concurrent.atomic.AtomicReference;

/** Clients of the Java API and a daemon, over its socket. */
@NoFdLeaks
@Timeout(60)
final class DaemonTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 24_000;
    private static final int FRAME_BYTES = 4;
    private static final StreamOptions PLAY =
            StreamOptions.playback(PcmFormat.S16_LE, 2, RATE).with(480, 4800);

    @TempDir Path folder;

    private Path out(String name) {
        return folder.resolve(name);
    }

    @Test
    void whatIsWrittenIsHeardToTheBit() throws Exception {
        Path out = out("a.wav");
        byte[] played = ramp(1, FRAMES);
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:out=" + out);
                PlaybackStream stream = PlaybackStream.open(host.socket, PLAY)) {
            stream.write(MemorySegment.ofArray(played), 0, FRAMES);
            assertThat(stream.drain()).isEqualTo(FRAMES);
            assertThat(stream.xruns()).isZero();
        }
        assertHeard(samples(out), played);
    }

    @Test
    void aStreamBeginsAgainAfterItsDrainAndAfterADrop() throws Exception {
        Path out = out("a.wav");
        byte[] played = ramp(1, FRAMES);
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:out=" + out);
                PlaybackStream stream = PlaybackStream.open(host.socket, PLAY)) {
            MemorySegment samples = MemorySegment.ofArray(played);
            stream.write(samples, 0, FRAMES / 2);
            assertThat(stream.drain()).isEqualTo(FRAMES / 2);
            stream.write(samples, (long) FRAMES / 2 * FRAME_BYTES, 100);
            stream.drop();
            stream.write(samples, (long) FRAMES / 2 * FRAME_BYTES, FRAMES / 2);
            stream.drain();
        }
        assertHeard(samples(out), played);
    }

    @Test
    void aServerThatGoesAndComesBackIsPlayedOn() throws Exception {
        Path first = out("a.wav");
        Path second = out("b.wav");
        byte[] played = ramp(1, FRAMES);
        MemorySegment samples = MemorySegment.ofArray(played);
        DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:out=" + first);
        try (PlaybackStream stream = PlaybackStream.open(host.socket, PLAY)) {
            stream.write(samples, 0, FRAMES / 2);
            host.close();
            host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:out=" + second);
            stream.write(samples, (long) FRAMES / 2 * FRAME_BYTES, FRAMES / 2);
            stream.drain();
            assertThat(stream.reconnects()).isOne();
        } finally {
            host.close();
        }
        byte[] before = samples(first);
        byte[] after = samples(second);
        // a server that ends has what is queued heard, so nothing is missing and nothing is twice
        byte[] both = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, both, before.length, after.length);
        assertHeard(both, played);
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() throws Exception {
        DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "null");
        try (PlaybackStream stream = PlaybackStream.open(host.socket, PLAY, 20_000_000L)) {
            host.close();
            MemorySegment samples = MemorySegment.ofArray(ramp(1, FRAMES));
            assertThatThrownBy(() -> stream.write(samples, 0, FRAMES))
                    .isInstanceOf(DisconnectedException.class);
        }
    }

    @Test
    void manyRecordTheSame() throws Exception {
        Path in = out("in.wav");
        byte[] recorded = ramp(1, FRAMES);
        try (WavRecorder wav = new WavRecorder(in, new WavFormat(PcmFormat.S16_LE, 2, RATE));
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(recorded.length);
            bytes.copyFrom(MemorySegment.ofArray(recorded));
            wav.write(bytes, 0, recorded.length);
        }
        StreamOptions options = StreamOptions.capture(PcmFormat.S16_LE, 2, RATE).with(480, 9600);
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:in=" + in)) {
            List<byte[]> heard = new ArrayList<>();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] own = new byte[FRAMES / 2 * FRAME_BYTES];
                heard.add(own);
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            try (CaptureStream stream =
                                                    CaptureStream.open(host.socket, options)) {
                                                stream.read(
                                                        MemorySegment.ofArray(own), 0, FRAMES / 2);
                                            } catch (IOException | RuntimeException e) {
                                                failure.set(e);
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            for (byte[] own : heard) {
                // each begins where the recording was when it came, and hears all from there on
                int begin = indexOf(recorded, Arrays.copyOf(own, FRAME_BYTES));
                byte[] expected =
                        Arrays.copyOf(
                                Arrays.copyOfRange(recorded, begin, recorded.length), own.length);
                int there = Math.min(own.length, recorded.length - begin);
                assertHeard(Arrays.copyOf(own, there), Arrays.copyOf(expected, there));
            }
        }
    }

    private static int indexOf(byte[] all, byte[] frame) {
        for (int at = 0; at < all.length; at += FRAME_BYTES) {
            if (Arrays.equals(all, at, at + FRAME_BYTES, frame, 0, FRAME_BYTES)) {
                return at;
            }
        }
        throw new AssertionError("no such frame: " + Arrays.toString(frame));
    }

    @Test
    void whatThePolicyDoesNotAllowIsDenied() throws Exception {
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "null")) {
            StreamOptions monitor = StreamOptions.monitor(PcmFormat.S16_LE, 2, RATE);
            assertThatThrownBy(() -> CaptureStream.open(host.socket, monitor).close())
                    .isInstanceOfSatisfying(
                            DeniedException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EACCES));
            assertThat(host.daemon.audit(0).getLast().event().line())
                    .contains("event=refusal")
                    .contains("hearing other programs takes a rule");

            long rule = host.daemon.grant("class = \"programs\"\naction = \"allow\"");
            try (CaptureStream stream = CaptureStream.open(host.socket, monitor)) {
                stream.read(MemorySegment.ofArray(new byte[4800]), 0, 1200);
                host.daemon.forget(rule);
                assertThatThrownBy(
                                () ->
                                        stream.read(
                                                MemorySegment.ofArray(new byte[4 * RATE]), 0, RATE))
                        .isInstanceOf(DisconnectedException.class)
                        .hasMessageContaining("revoked");
            }
        }
    }

    @Test
    void whatPeopleDoToAStreamIsHeardAndSeen() throws Exception {
        Path first = out("a.wav");
        Path second = out("b.wav");
        byte[] played = ramp(1, FRAMES);
        MemorySegment samples = MemorySegment.ofArray(played);
        try (DaemonHost host =
                        new DaemonHost(
                                folder,
                                TimeMode.LOCKSTEP,
                                "wav:out=" + first,
                                "wav:out=" + second);
                PlaybackStream stream = PlaybackStream.open(host.socket, PLAY)) {
            stream.write(samples, 0, FRAMES / 2);
            StreamState state = host.daemon.state().streams().getFirst();
            assertThat(state.state()).isEqualTo("RUNNING");
            assertThat(state.pid()).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(state.device()).isEqualTo("0,0:playback");

            host.daemon.move(state.number(), "1,0");
            stream.write(samples, (long) FRAMES / 2 * FRAME_BYTES, FRAMES / 4);
            assertThat(host.daemon.state().streams().getFirst().device()).isEqualTo("1,0:playback");

            host.daemon.volume(state.number(), -6);
            stream.volume(true, -3);
            assertThat(host.daemon.state().streams().getFirst().volumeDecibels()).isEqualTo(-3);
            assertThat(host.daemon.state().streams().getFirst().muted()).isTrue();

            host.daemon.revoke(state.number());
            assertThatThrownBy(() -> stream.write(samples, 0, FRAMES))
                    .isInstanceOf(DisconnectedException.class);
        }
        assertThat(samples(first).length).isGreaterThan(played.length / 4);
        assertThat(samples(second).length).isGreaterThan(0);
    }

    @Test
    void aDeviceOfOnesOwnIsNobodyElses() throws Exception {
        Path out = out("a.wav");
        byte[] played = ramp(1, FRAMES);
        StreamOptions alone =
                StreamOptions.playback(PcmFormat.S16_LE, 2, 44_100)
                        .with(441, 4410)
                        .with(StreamOptions.Mode.EXCLUSIVE);
        try (DaemonHost host = new DaemonHost(folder, TimeMode.LOCKSTEP, "wav:out=" + out)) {
            try (PlaybackStream stream = PlaybackStream.open(host.socket, alone)) {
                stream.write(MemorySegment.ofArray(played), 0, FRAMES / 2);
                assertThat(host.daemon.state().devices().getFirst().state()).isEqualTo("exclusive");
                assertThatThrownBy(() -> PlaybackStream.open(host.socket, PLAY).close())
                        .isInstanceOfSatisfying(
                                DeniedException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
                stream.drain();
            }
            PlaybackStream.open(host.socket, PLAY).close();
        }
        assertHeard(samples(out), Arrays.copyOf(played, played.length / 2));
    }

    @Test
    void aClientThatIsTooLateGoesOn() throws Exception {
        try (DaemonHost host = new DaemonHost(folder, TimeMode.REAL, "null");
                PlaybackStream stream = PlaybackStream.open(host.socket, PLAY.with(480, 1440))) {
            MemorySegment samples = MemorySegment.ofArray(ramp(1, FRAMES));
            stream.write(samples, 0, 2000);
            long number = host.daemon.state().streams().getFirst().number();
            while (host.daemon.state().streams().getFirst().xruns() == 0) {
                Thread.onSpinWait(); // until it has played what there was
            }
            stream.write(samples, 0, 4000);
            stream.drain();
            assertThat(stream.xruns()).isPositive();
            assertThat(host.daemon.state().streams().getFirst().number()).isEqualTo(number);
        }
    }

    private static byte[] ramp(int from, int frames) {
        byte[] bytes = new byte[frames * FRAME_BYTES];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int i = 0; i < frames; i++) {
            segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, (long) i * 4, (short) (from + i));
            segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, (long) i * 4 + 2, (short) -(from + i));
        }
        return bytes;
    }

    private static byte[] samples(Path file) throws IOException {
        try (WavFile wav = WavFile.open(file)) {
            return wav.samples().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static void assertHeard(byte[] heard, byte[] expected) {
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
        assertThat(heard.length).as("bytes").isEqualTo(expected.length);
    }
}
