package io.pcmshare.run.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Poll;
import io.pcmshare.testkit.Allocations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
final class InboxTest {
    private static final int PATIENCE_MILLIS = 30_000;

    private static void elsewhere(Runnable body) throws InterruptedException {
        Thread other = Thread.ofPlatform().start(body);
        other.join();
    }

    private static boolean rings(Inbox inbox) {
        Fd bell = inbox.bell();
        return bell != null && Poll.once(bell, Poll.POLLIN, 0) == Poll.POLLIN;
    }

    @Test
    void theThreadThatReadsHearsAtOnce() throws Exception {
        List<String> heard = new ArrayList<>();
        try (Inbox inbox = Inbox.ofMany()) {
            inbox.note(() -> heard.add("own")).leave();

            assertThat(heard).containsExactly("own");
            assertThat(rings(inbox)).isFalse();
        }
    }

    @Test
    void whereOneThreadDoesEverythingThereIsNoBell() throws Exception {
        List<String> heard = new ArrayList<>();
        try (Inbox inbox = Inbox.ofOneThread()) {
            elsewhere(inbox.note(() -> heard.add("handed on"))::leave);

            assertThat(heard).containsExactly("handed on");
            assertThat(inbox.bell()).isNull();
        }
    }

    @Test
    void notesOfOthersAreReadInTheirOrderAndEachOnce() throws Exception {
        List<String> heard = new ArrayList<>();
        try (Inbox inbox = Inbox.ofMany()) {
            Inbox.Note first = inbox.note(() -> heard.add("first"));
            Inbox.Note second = inbox.note(() -> heard.add("second"));
            elsewhere(
                    () -> {
                        first.leave();
                        second.leave();
                        first.leave();
                    });

            assertThat(heard).isEmpty();
            assertThat(rings(inbox)).isTrue();
            inbox.silence();
            inbox.read();
            assertThat(heard).containsExactly("first", "second");
            assertThat(rings(inbox)).isFalse();
            elsewhere(first::leave);
            assertThat(rings(inbox)).isTrue();
        }
    }

    /** Lost wake-ups would leave the reader waiting for a bell that does not ring. */
    @Test
    void nothingIsLostBetweenThreads() throws Exception {
        int writers = 3;
        int rounds = 20_000;
        int[] seen = new int[writers];
        try (Inbox inbox = Inbox.ofMany()) {
            AtomicInteger[] said = new AtomicInteger[writers];
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int who = i;
                said[i] = new AtomicInteger();
                Inbox.Note note = inbox.note(() -> seen[who] = said[who].get());
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            for (int n = 1; n <= rounds; n++) {
                                                said[who].set(n);
                                                note.leave();
                                            }
                                        }));
            }
            Fd bell = inbox.bell();
            assertThat(bell).isNotNull();
            while (bell != null && (seen[0] < rounds || seen[1] < rounds || seen[2] < rounds)) {
                assertThat(Poll.once(bell, Poll.POLLIN, PATIENCE_MILLIS)).isEqualTo(Poll.POLLIN);
                inbox.silence();
                inbox.read();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(seen).containsOnly(rounds);
    }

    @Test
    void leavingANoteAllocatesNothing() throws Exception {
        AtomicLong bytes = new AtomicLong(-1);
        try (Inbox inbox = Inbox.ofMany()) {
            Inbox.Note note = inbox.note(() -> {});
            Runnable both =
                    () -> {
                        for (int i = 0; i < 10_000; i++) {
                            note.leave();
                            inbox.read();
                        }
                    };
            elsewhere(() -> bytes.set(Allocations.bytesOnceWarm(both)));
        }
        assertThat(bytes).hasValue(0);
    }
}
