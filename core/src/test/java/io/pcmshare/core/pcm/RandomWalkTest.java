package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A million random calls a run, each compared with {@link ReferenceStream}: answers, states,
 * pointers. Half of the runs keep their pointers a few frames before the boundary.
 */
final class RandomWalkTest {
    private static final int RUNS = 8;
    private static final int CALLS = 1_000_000;
    private static final int[] PERIODS = {16, 100, 1000};
    private static final long FRAME_NANOS = 1_000_000_000L / TestCard.RATE;

    @Test
    @Timeout(300)
    void aMillionCallsAnswerAsTheReferenceDoes() {
        Seeds.forEach(RUNS, random -> new Walk(random).walk());
    }

    /** One run. */
    private static final class Walk {
        private final SplittableRandom random;
        private final TestCard card;
        private final PcmFile file;
        private final ReferenceStream reference;
        private final RingGeometry geometry;
        private final boolean nearBoundary;
        private final long period;
        private final Map<PcmState, Integer> visits = new EnumMap<>(PcmState.class);
        private int call;

        Walk(SplittableRandom random) {
            this.random = random;
            PcmStream stream = random.nextBoolean() ? PcmStream.PLAYBACK : PcmStream.CAPTURE;
            nearBoundary = random.nextBoolean();
            period = PERIODS[random.nextInt(PERIODS.length)];
            card = TestCard.of(hardware -> new QuietOps(hardware), PcmInfoFlag.PAUSE);
            file = card.open(stream);
            // a 32-bit program's boundary is within reach of others than this walk, too
            long wordMax = random.nextBoolean() ? Long.MAX_VALUE : Integer.MAX_VALUE;
            geometry = RingGeometry.of(8 * period, wordMax);
            boolean capture = stream == PcmStream.CAPTURE;
            reference = new ReferenceStream(capture, 8 * period, geometry.boundary());
            this.wordMax = wordMax;
        }

        private final long wordMax;

        void walk() {
            for (call = 0; call < CALLS; call++) {
                step();
                PcmState state = reference.state();
                visits.merge(state, 1, Integer::sum);
                if (file.state() != state) {
                    throw new AssertionError(
                            "call=" + call + ", state=" + file.state() + ", expected=" + state);
                }
                PcmRuntime r = file.substream().runtime();
                same("hw_ptr", r.hwPtr(), reference.hwPtr());
                same("appl_ptr", r.applPtr(), reference.applPtr());
            }
            assertThat(visits.keySet())
                    .as("states that the walk came through")
                    .containsAll(Arrays.stream(PcmState.values()).filter(Walk::isInside).toList());
        }

        private static boolean isInside(PcmState state) {
            return state != PcmState.DISCONNECTED;
        }

        private void same(String what, long ours, long expected) {
            if (ours != expected) {
                throw new AssertionError(
                        "call="
                                + call
                                + ", "
                                + what
                                + "="
                                + ours
                                + ", expected="
                                + expected
                                + ", state="
                                + file.state());
            }
        }

        private void step() {
            int action = random.nextInt(100);
            if (action < 30) {
                pass();
            } else if (action < 52) {
                long frames = frames();
                same("transfer", TestCard.transfer(file, frames), reference.transfer(frames));
            } else if (action < 66) {
                move(action);
            } else if (action < 72) {
                status();
            } else if (reference.state() == PcmState.OPEN && action < 90) {
                configure();
            } else {
                act(action);
            }
        }

        private void pass() {
            long frames = random.nextInt(4) == 0 ? frames() : random.nextLong(period / 4 + 1);
            card.clock.advance(frames * FRAME_NANOS);
            reference.pass(frames);
            if (random.nextBoolean()) {
                card.card.tick();
                reference.look();
            }
        }

        private long frames() {
            return random.nextLong(random.nextInt(8) == 0 ? 10 * period : 2 * period);
        }

        private void move(int action) {
            long frames = frames();
            switch (action % 3) {
                case 0 -> same("forward", file.forward(frames), reference.forward(frames));
                case 1 -> same("rewind", file.rewind(frames), reference.rewind(frames));
                default -> {
                    long distance = random.nextLong(-period, 2 * period);
                    long ptr = Math.floorMod(reference.applPtr() + distance, geometry.boundary());
                    same("appl", file.applPtr(ptr), reference.setAppl(distance));
                }
            }
        }

        private void status() {
            reference.look();
            PcmState before = file.state();
            StatusReport report = file.status();
            assertThat(report.state()).as("sampled before the update").isEqualTo(before);
            if (before == PcmState.OPEN) {
                return;
            }
            same("avail", report.avail(), reference.avail());
            same("delay", report.delay(), reference.delay());
            same("avail_max", report.availMax(), reference.takeAvailMax());
            same("hw_ptr", report.hwPtr(), reference.hwPtr());
            same("appl_ptr", report.applPtr(), reference.applPtr());
        }

        private void configure() {
            same(
                    "hw_params",
                    file.hwParams(
                            TestCard.params(PcmAccess.RW_INTERLEAVED, period, 8 * period), wordMax),
                    reference.hwParams());
        }

        private void act(int action) {
            switch (action) {
                case 72, 73, 74, 75, 76, 77, 78, 79, 80 -> prepare();
                case 81, 82 -> same("reset", file.reset(), reference.reset());
                case 83, 84, 85 -> same("start", file.start(), reference.start());
                case 86 -> same("drop", file.drop(), reference.drop());
                case 87, 88 -> same("drain", file.drainStart(), reference.drain());
                case 89, 90 -> same("pause", file.pause(), reference.pause(true));
                case 91, 92 -> same("release", file.pauseRelease(), reference.pause(false));
                case 93 -> same("xrun", file.xrun(), reference.xrun());
                case 94 -> same("suspend", card.card.suspend(), reference.suspend());
                case 95 -> same("resume", file.resume(), reference.resume());
                case 96 -> same("hwsync", file.hwsync(), reference.hwsync());
                case 97, 98 -> swParams();
                default -> same("hw_free", file.hwFree(), reference.hwFree());
            }
        }

        private void prepare() {
            same("prepare", file.prepare(), reference.prepare());
            if (nearBoundary && reference.state() == PcmState.PREPARED) {
                long ptr = geometry.boundary() - 1 - random.nextLong(2 * period);
                file.substream().runtime().hwPtr(ptr);
                file.substream().runtime().applPtr(ptr);
                reference.place(ptr);
            }
        }

        private void swParams() {
            if (reference.state() == PcmState.OPEN) {
                return;
            }
            long start = random.nextLong(9 * period);
            long stop =
                    switch (random.nextInt(4)) {
                        case 0 -> geometry.boundary();
                        case 1 -> random.nextLong(1, 20 * period);
                        default -> 8 * period;
                    };
            SoftwareParams params =
                    file.currentSwParams()
                            .withStartThreshold(start)
                            .withStopThreshold(stop)
                            .withAvailMin(random.nextLong(1, 9 * period));
            same("sw_params", file.swParams(params), reference.swParams(start, stop));
        }
    }
}
