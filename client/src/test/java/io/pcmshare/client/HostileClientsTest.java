package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a client does that means no good, while another plays: its own session suffers, and nothing
 * else. The attacks are those of {@code attacker.c}.
 */
@NoFdLeaks
@Timeout(120)
final class HostileClientsTest {
    private static final int FRAME_BYTES = 4;

    /** 1.3 s, twice what the ring holds, and not a multiple of a period. */
    private static final int FRAMES = 2 * TwoStreams.BUFFER + 321;

    /** Memory that a stream may hold more than before: what is ready for the next revocation. */
    private static final int SPARE = 3;

    @TempDir Path dir;

    /** Another holds the stream: whoever comes is refused, whatever he tries. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "out-of-turn",
                "stray-bytes",
                "wrong-sizes",
                "foreign-descriptors",
                "silence",
                "come-and-go",
                "flood",
                "processes",
                "pages",
                "memory",
                "phases",
                "stopped",
                "deaf",
                "undecided"
            })
    void whoPlaysIsHeardToTheSampleWhateverOthersSayToHisServer(String attack) throws Exception {
        attackWhilePlaying(attack, true);
    }

    /** The attacker is given a stream of the same card, in the same process. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "silence",
                "flood",
                "pages",
                "memory",
                "phases",
                "stopped",
                "deaf",
                "undecided",
                "processes"
            })
    void whoPlaysIsHeardToTheSampleWhateverIsDoneToAnotherStream(String attack) throws Exception {
        attackWhilePlaying(attack, false);
    }

    private void attackWhilePlaying(String attack, boolean sameStream) throws Exception {
        byte[] samples = noise();
        HeardOps heard;
        try (TwoStreams host = new TwoStreams(dir)) {
            TwoStreams.Served good = host.first;
            TwoStreams.Served bad = sameStream ? good : host.second;
            heard = good.ops;
            long before;
            try (Connection connection = Connection.open(good.path);
                    StreamMemory memory = connection.request(false)) {
                before = openMemory();
                try (Attacker attacker = Attacker.start(bad.path, attack, 1)) {
                    Player player =
                            new PagePlayer(
                                    connection,
                                    memory,
                                    MemorySegment.ofArray(samples),
                                    WakeListener.NONE);
                    long written = player.play(connection.start(player.prefill()));
                    assertThat(connection.finish(written)).isEqualTo(FRAMES);
                    attacker.assertStillTrying();
                }
            }
            bad.awaitNobody();
            good.awaitNobody();
            assertThat(openMemory()).as("memory after").isLessThanOrEqualTo(before + SPARE);
            assertThat(host.failures).isEmpty();
        }
        assertThat(Arrays.mismatch(heard.heard(), samples)).isEqualTo(-1);
    }

    /** Memfds that this process has open. */
    private static long openMemory() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(HostileClientsTest::isMemory).count();
        }
    }

    private static boolean isMemory(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().startsWith("/memfd:");
        } catch (IOException gone) {
            return false;
        }
    }

    private static byte[] noise() {
        byte[] bytes = new byte[FRAMES * FRAME_BYTES];
        new SplittableRandom(20190204).nextBytes(bytes);
        return bytes;
    }
}
