package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmState;
import io.pcmshare.cards.WavFile;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.Permissions;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Rounds of a client that is killed while it plays, each with a process and a server of its own.
 */
@NoFdLeaks
@Timeout(180)
final class KillRoundsTest {
    private static final int ROUNDS = 100;
    private static final int FRAME_BYTES = 4;
    private static final long LONGEST_NANOS = 15_000_000L;

    /** 43 ms: so long it takes to hear that there is nothing. */
    private static final int BUFFER = 2048;

    @TempDir Path dir;
    private int round;

    @Test
    void nothingIsHeardOfAProcessThatWasKilledWheneverThatIs() {
        Seeds.forEach(ROUNDS, this::round);
    }

    private void round(SplittableRandom random) {
        try {
            Path folder = Files.createDirectory(dir.resolve("round" + round++));
            long cut;
            try (TestHost host = new TestHost(folder, Permissions.PAGES, false, 256, BUFFER)) {
                try (Attacker _ = Attacker.start(host.path, "player", round)) {
                    LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
                }
                host.closed.await();
                cut = host.cuts.getFirst().silentFromFrame();
                awaitEnd(host.stream.owner());
                assertThat(host.stream.grants()).isEmpty();
            }
            judge(folder.resolve("out.wav"), cut, (byte) ('0' + round % 10));
        } catch (Exception e) {
            throw new AssertionError("round=" + round, e);
        }
    }

    /** What the client had counted as written is played out. */
    private static void awaitEnd(PcmFile owner) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        owner.park(
                () -> {
                    boolean stopped = owner.state() != PcmState.RUNNING;
                    if (stopped) {
                        over.countDown();
                    }
                    return stopped;
                });
        over.await();
    }

    private static void judge(Path recording, long cut, byte sound) throws Exception {
        try (WavFile file = WavFile.open(recording)) {
            byte[] heard = file.samples().toArray(ValueLayout.JAVA_BYTE);
            for (int i = 0; i < heard.length; i++) {
                byte expected = i < cut * FRAME_BYTES ? sound : 0;
                if (heard[i] != expected) {
                    throw new AssertionError(
                            "heard=" + heard[i] + ", frame=" + i / FRAME_BYTES + ", cut=" + cut);
                }
            }
        }
    }
}
