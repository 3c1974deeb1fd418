package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.cards.WavFile;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.server.Session;
import io.pcmshare.server.SessionPolicy;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.sys.UnixSocket;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients and a server over a real socket; what was heard is a file. */
@NoFdLeaks
@Timeout(120)
final class PlayingTest {
    private static final int FRAME_BYTES = 4;

    /** 200 ms, and not a multiple of a period. */
    private static final int SHORT_FRAMES = 9601;

    private static final int PERIOD = 512;

    /** A third of a second: longer than a busy machine keeps a client, or lockstep, waiting. */
    private static final int BUFFER = 16384;

    @TempDir Path dir;

    @Test
    void withBothPagesARecordingIsHeardToTheSample() throws Exception {
        byte[] samples = noise(48_001);
        try (TestHost host = new TestHost(dir, Permissions.PAGES, true, PERIOD, BUFFER)) {
            assertThat(play(host, samples)).isEqualTo(48_001);
        }

        assertThat(Arrays.mismatch(heard(), samples)).isEqualTo(-1);
    }

    @Test
    void inRealTimeItIsTheSame() throws Exception {
        byte[] samples = noise(SHORT_FRAMES);
        try (TestHost host = new TestHost(dir, Permissions.PAGES, false, 4096, BUFFER)) {
            assertThat(play(host, samples)).isEqualTo(SHORT_FRAMES);
        }

        assertThat(Arrays.mismatch(heard(), samples)).isEqualTo(-1);
    }

    @Test
    void withNothingButTheRingAClientPredictsWhereTheHardwareIs() throws Exception {
        byte[] samples = noise(SHORT_FRAMES);
        try (TestHost host = new TestHost(dir, Permissions.BUFFER, false, 1024, BUFFER);
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            Player player =
                    new PredictingPlayer(memory, MemorySegment.ofArray(samples), WakeListener.NONE);
            long written = player.play(connection.start(player.prefill()));
            assertThat(connection.finish(written)).isEqualTo(SHORT_FRAMES);
        }

        assertThat(Arrays.mismatch(heard(), samples)).isEqualTo(-1);
    }

    @Test
    void whoBreaksTheProtocolLosesHisSessionAndNobodyElse() throws Exception {
        byte[] samples = noise(SHORT_FRAMES);
        try (TestHost host = new TestHost(dir, Permissions.PAGES, true, PERIOD, BUFFER)) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[random.nextInt(1, 200)];
                random.nextBytes(garbage);
                assertDropped(host, garbage);
            }
            assertThat(play(host, samples)).isEqualTo(SHORT_FRAMES);
        }

        assertThat(Arrays.mismatch(heard(), samples)).isEqualTo(-1);
    }

    private static void assertDropped(TestHost host, byte[] bytes) throws IOException {
        try (UnixSocket raw = UnixSocket.connect(host.path);
                java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
            MemorySegment out = arena.allocate(256, 8);
            MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, 0, bytes.length);
            raw.send(out, bytes.length);
            assertThat(raw.receive(out).length()).as("end of file").isZero();
        }
    }

    @Test
    void whoSpeaksOutOfTurnIsDropped() throws Exception {
        try (TestHost host = new TestHost(dir, Permissions.PAGES, true, PERIOD, BUFFER)) {
            for (Message early :
                    new Message[] {
                        new Message.Ready(0), new Message.Done(0), new Message.Finished(0)
                    }) {
                try (MessageSocket socket = new MessageSocket(UnixSocket.connect(host.path))) {
                    socket.send(early);
                    assertThat(socket.receive()).as("answer to %s", early).isNull();
                }
            }
            assertThat(host.stream.grants()).isEmpty();
            assertThat(host.cuts).isEmpty();
        }
    }

    @Test
    void aSecondClientCannotDisturbTheOneThatPlays() throws Exception {
        byte[] samples = noise(SHORT_FRAMES);
        try (TestHost host = new TestHost(dir, Permissions.BUFFER, false, 1024, BUFFER);
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false);
                Connection intruder = Connection.open(host.path)) {
            Player player =
                    new PredictingPlayer(memory, MemorySegment.ofArray(samples), WakeListener.NONE);
            long startNanos = connection.start(player.prefill());
            host.stream.owner().applPtr(12_345);

            assertThatThrownBy(() -> intruder.request(false).close())
                    .isInstanceOfSatisfying(
                            DeniedException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));

            assertThat(host.stream.owner().status().applPtr()).isEqualTo(12_345);
            assertThat(host.stream.owner().state()).isEqualTo(PcmState.RUNNING);
            assertThat(player.play(startNanos)).isEqualTo(SHORT_FRAMES);
        }
    }

    @Test
    void whenAClientIsGoneTheRestIsSilence() throws Exception {
        byte[] samples = noise(48_000);
        long cutFrame;
        try (TestHost host = new TestHost(dir, Permissions.PAGES, true, PERIOD, BUFFER)) {
            try (Connection connection = Connection.open(host.path);
                    StreamMemory memory = connection.request(false)) {
                Player player =
                        new PagePlayer(
                                connection,
                                memory,
                                MemorySegment.ofArray(samples),
                                WakeListener.NONE);
                connection.start(player.prefill());
            }
            host.cut.await();
            cutFrame = host.cuts.getFirst().silentFromFrame();
            assertThat(host.cuts).hasSize(1);
            assertThat(host.cuts.getFirst().reason()).isEqualTo("client gone");
            host.closed.await();
            assertThat(host.stream.grants()).isEmpty();
            // what it had counted as written is played out, as silence
            PcmFile owner = host.stream.owner();
            CountDownLatch over = new CountDownLatch(1);
            owner.park(
                    () -> {
                        boolean stopped = owner.state() == PcmState.XRUN;
                        if (stopped) {
                            over.countDown();
                        }
                        return stopped;
                    });
            over.await();
        }

        assertThat(heard()).hasSize(BUFFER * FRAME_BYTES);
        assertHeardUpTo(cutFrame, samples);
    }

    @Test
    void aRevokedClientIsToldAndNothingItWritesIsHeard() throws Exception {
        byte[] samples = noise(480_000);
        long cutFrame;
        try (TestHost host = new TestHost(dir, Permissions.PAGES, true, PERIOD, BUFFER);
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            int[] periods = {0};
            WakeListener revokeMidway =
                    latency -> {
                        if (++periods[0] == 20) {
                            host.server.execute(
                                    () -> host.server.sessions().getFirst().revoke("test"));
                            // in lockstep ten seconds may pass before the other thread runs
                            await(host.cut);
                        }
                    };
            Player player =
                    new PagePlayer(
                            connection, memory, MemorySegment.ofArray(samples), revokeMidway);

            long written = player.play(connection.start(player.prefill()));
            PcmException reason = connection.reasonOfEnd();
            assertThat(player.scribble(Player.AT_ONCE)).isEqualTo(480_000);

            assertThat(written).isBetween(20L * PERIOD, 479_999L);
            assertThat(reason).isInstanceOf(DisconnectedException.class);
            cutFrame = ((DisconnectedException) reason).heardFrames();
            assertThat(host.cuts.getFirst().silentFromFrame()).isEqualTo(cutFrame);
            // the ring's first frame is that of the last turn
            assertThat(memory.ring().get(ValueLayout.JAVA_BYTE, 0))
                    .as("its old memory is still its own")
                    .isEqualTo(samples[479_999 / BUFFER * BUFFER * FRAME_BYTES]);
        }

        assertHeardUpTo(cutFrame, samples);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamMovesIntoOtherMemoryWithoutAGap(boolean lockstep) throws Exception {
        int frames = lockstep ? 480_000 : 48_000;
        byte[] samples = noise(frames);
        int moves;
        try (TestHost host = new TestHost(dir, Permissions.PAGES, lockstep, PERIOD, BUFFER);
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            int[] wakes = new int[1];
            WakeListener mover =
                    lateness -> {
                        if (++wakes[0] % 3 == 0) {
                            host.server.execute(() -> host.server.sessions().forEach(this::move));
                        }
                    };
            Player player =
                    new PagePlayer(connection, memory, MemorySegment.ofArray(samples), mover);

            long written = player.play(connection.start(player.prefill()));
            assertThat(connection.finish(written)).isEqualTo(frames);
            moves = host.moves.get();
        }

        assertThat(moves).isGreaterThan(2);
        assertThat(Arrays.mismatch(heard(), samples)).isEqualTo(-1);
    }

    private void move(Session session) {
        try {
            session.moveMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aQuotaEndsASessionToTheFrame() throws Exception {
        byte[] samples = noise(48_000);
        SessionPolicy policy =
                new SessionPolicy(
                        Permissions.PAGES, false, TestHost.uidOf(dir), GrantTerms.NEVER, 20_000);
        long cutFrame;
        try (TestHost host = new TestHost(dir, policy, false, PERIOD, BUFFER);
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            Player player =
                    new PagePlayer(
                            connection, memory, MemorySegment.ofArray(samples), WakeListener.NONE);

            player.play(connection.start(player.prefill()));
            PcmException reason = connection.reasonOfEnd();

            assertThat(reason).isInstanceOf(DisconnectedException.class);
            assertThat(host.cuts.getFirst().reason()).isEqualTo("quota used up");
            cutFrame = ((DisconnectedException) reason).heardFrames();
        }

        assertThat(cutFrame).isGreaterThanOrEqualTo(20_000L - 3 * PERIOD);
        byte[] heard = heard();
        int quota = 20_000 * FRAME_BYTES;
        int common = Arrays.mismatch(heard, samples);
        assertThat(common).as("bytes that are the recording's").isBetween(0, quota);
        byte[] rest = Arrays.copyOfRange(heard, common, heard.length);
        assertThat(Arrays.mismatch(rest, new byte[rest.length])).isEqualTo(-1);
    }

    /** What was heard begins with the recording, up to the cut, and goes on in silence. */
    private void assertHeardUpTo(long cutFrame, byte[] samples) throws IOException {
        byte[] heard = heard();
        int cut = (int) cutFrame * FRAME_BYTES;
        assertThat(heard.length).isGreaterThanOrEqualTo(cut);
        assertThat(Arrays.mismatch(heard, 0, cut, samples, 0, cut)).isEqualTo(-1);
        byte[] rest = Arrays.copyOfRange(heard, cut, heard.length);
        assertThat(Arrays.mismatch(rest, new byte[rest.length])).isEqualTo(-1);
    }

    /** Periods of 64 frames, so that ten seconds are 7500 cycles. */
    @Test
    void aPlayersLoopAllocatesNothing() throws Exception {
        byte[] samples = noise(480_000);
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 200; round++) {
            Path roundDir = Files.createDirectory(dir.resolve("round" + round));
            try (TestHost host = new TestHost(roundDir, Permissions.PAGES, true, 64, BUFFER);
                    Connection connection = Connection.open(host.path);
                    StreamMemory memory = connection.request(false)) {
                Player player =
                        new PagePlayer(
                                connection,
                                memory,
                                MemorySegment.ofArray(samples),
                                WakeListener.NONE);
                long startNanos = connection.start(player.prefill());
                bytes = Allocations.bytesOf(() -> play(player, startNanos));
                assertThat(connection.finish(480_000)).isEqualTo(480_000);
            }
        }

        assertThat(bytes).as("bytes of one call, nothing per period").isLessThan(200);
    }

    private static void play(Player player, long startNanos) {
        try {
            player.play(startNanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long play(TestHost host, byte[] samples) throws IOException {
        try (Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            Player player =
                    new PagePlayer(
                            connection, memory, MemorySegment.ofArray(samples), WakeListener.NONE);
            long written = player.play(connection.start(player.prefill()));
            return connection.finish(written);
        }
    }

    private static byte[] noise(int frames) {
        byte[] bytes = new byte[frames * FRAME_BYTES];
        new SplittableRandom(20190204).nextBytes(bytes);
        return bytes;
    }

    private byte[] heard() throws IOException {
        try (WavFile file = WavFile.open(dir.resolve("out.wav"))) {
            return file.samples().toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
