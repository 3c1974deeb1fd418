package io.pcmshare.share.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

@Timeout(60)
final class FenceTest {
    private static final long LONG_NANOS = 50_000_000_000L;
    private static final int EDEADLK = Errno.EDEADLK.negated();

    private static FenceSource source(Party owner) {
        return new FenceSource("fence of " + owner, owner.name(), owner);
    }

    @Test
    void aFenceHappensOnce() {
        FenceSource source = source(new Party("a"));
        List<String> told = new ArrayList<>();
        source.fence().whenDone(() -> told.add("before"));
        FenceWatch forgotten = source.fence().whenDone(() -> told.add("forgotten"));
        forgotten.close();

        assertThat(source.fence().status()).isEqualTo(Fence.PENDING);
        assertThat(source.signal()).isTrue();
        assertThat(source.fail(Errno.EPIPE)).isFalse();
        source.close();
        source.fence().whenDone(() -> told.add("after"));

        assertThat(source.fence().status()).isEqualTo(Fence.SIGNALLED);
        assertThat(source.fence().parts().getFirst().doneNanos()).isPositive();
        assertThat(told).containsExactly("before", "after");
    }

    @Test
    void aFenceWhoseOwnerIsGoneHasFailed() {
        FenceSource source = source(new Party("a"));

        source.close();

        assertThat(source.fence().status()).isEqualTo(Errno.EOWNERDEAD.negated());
    }

    @Test
    void aMergedFenceIsDoneWithTheLastAndFailsWithTheFirstThatDid() {
        FenceSource a = source(new Party("a"));
        FenceSource b = source(new Party("b"));
        Fence both = Fence.merge("both", List.of(a.fence(), b.fence(), Fence.signalled("done")));
        Fence same = Fence.merge("same", List.of(both, a.fence()));
        int[] told = {0};
        both.whenDone(() -> told[0]++);

        assertThat(a.fail(Errno.EPIPE)).isTrue();
        assertThat(both.status()).isEqualTo(Fence.PENDING);
        assertThat(told[0]).isZero();
        b.signal();

        assertThat(both.status()).isEqualTo(Errno.EPIPE.negated());
        assertThat(same.status()).isEqualTo(Errno.EPIPE.negated());
        assertThat(told[0]).isEqualTo(1);
        assertThat(both.parts()).extracting(Fence.Part::timeline).containsExactly("a", "b");
        assertThat(Fence.merge("none", List.of()).status()).isEqualTo(Fence.SIGNALLED);
        assertThat(Fence.merge("later", List.of(a.fence())).status())
                .as("an error is not forgotten")
                .isEqualTo(Errno.EPIPE.negated());
    }

    @Test
    void awaitEndsWithTheSignalOrWithTheTime() throws InterruptedException {
        FenceSource a = source(new Party("a"));
        FenceSource b = source(new Party("b"));
        Fence both = Fence.merge("both", List.of(a.fence(), b.fence()));
        assertThat(both.await(0)).isEqualTo(Fence.PENDING);
        assertThat(both.await(1)).isEqualTo(Fence.PENDING);
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    a.signal();
                                    b.signal();
                                });

        assertThat(both.await(LONG_NANOS)).isEqualTo(Fence.SIGNALLED);
        other.join();
    }

    @Test
    void theWaitThatWouldCloseACircleIsRefused() throws InterruptedException {
        Party a = new Party("a");
        Party b = new Party("b");
        Party c = new Party("c");
        FenceSource ofA = source(a);
        FenceSource ofB = source(b);
        FenceSource ofC = source(c);
        assertThat(a.await(ofA.fence(), LONG_NANOS)).as("for itself").isEqualTo(EDEADLK);

        assertThat(a.beginWait(ofB.fence())).isTrue();
        assertThat(b.beginWait(Fence.merge("m", List.of(Fence.signalled("x"), ofC.fence()))))
                .isTrue();
        assertThat(c.await(ofA.fence(), LONG_NANOS)).isEqualTo(EDEADLK);

        assertThat(c.await(Fence.signalled("x"), LONG_NANOS)).isEqualTo(Fence.SIGNALLED);
        ofB.signal();
        assertThat(c.await(ofA.fence(), 1)).as("a waits no more").isEqualTo(Fence.PENDING);
        a.endWait();
        b.endWait();
    }

    /** Against a plain search in a matrix: who waits for whom. */
    @Test
    void aWaitIsRefusedExactlyWhenItClosesACircle() {
        Seeds.forEach(200, FenceTest::randomWaits);
    }

    private static void randomWaits(SplittableRandom random) {
        int count = random.nextInt(2, 7);
        List<Party> parties = new ArrayList<>();
        List<FenceSource> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parties.add(new Party("p" + i));
            sources.add(source(parties.get(i)));
        }
        boolean[][] waits = new boolean[count][count];
        for (int step = 0; step < 100; step++) {
            int who = random.nextInt(count);
            boolean[] row = new boolean[count];
            List<Fence> fences = new ArrayList<>();
            for (int of = 0; of < count; of++) {
                if (random.nextInt(3) == 0) {
                    row[of] = true;
                    fences.add(sources.get(of).fence());
                }
            }
            waits[who] = new boolean[count];
            parties.get(who).endWait();
            boolean circle = false;
            for (int of = 0; of < count; of++) {
                circle |= row[of] && (of == who || reaches(waits, of, who, new boolean[count]));
            }
            assertThat(parties.get(who).beginWait(Fence.merge("m", fences))).isEqualTo(!circle);
            if (!circle) {
                waits[who] = row;
            }
        }
    }

    private static boolean reaches(boolean[][] waits, int from, int to, boolean[] seen) {
        seen[from] = true;
        for (int next = 0; next < seen.length; next++) {
            if (waits[from][next]
                    && (next == to || (!seen[next] && reaches(waits, next, to, seen)))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void signallingAllocatesNothing() {
        Party a = new Party("a");
        int[] told = {0};
        Runnable listener = () -> told[0]++;
        // as many as all attempts could need, made before
        LeafFence[] fences = new LeafFence[400_000];
        for (int i = 0; i < fences.length; i++) {
            fences[i] = new LeafFence("f", "t", a);
            fences[i].whenDone(listener);
        }

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            int from = told[0];
                            for (int i = from; i < from + 5_000; i++) {
                                fences[i].complete(Fence.SIGNALLED);
                            }
                        });

        assertThat(bytes).isZero();
        assertThat(told[0]).isPositive();
    }
}
