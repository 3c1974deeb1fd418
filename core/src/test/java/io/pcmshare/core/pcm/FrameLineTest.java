package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class FrameLineTest {
    private static final int PERIOD = 1000;
    private static final int BUFFER = 8000;

    private final TestCard card = new TestCard(1);
    private final List<String> told = new ArrayList<>();

    /** Notes what it is told. */
    private final class Note implements FrameMark {
        private final String name;

        Note(String name) {
            this.name = name;
        }

        @Override
        public void reached() {
            told.add(name);
        }

        @Override
        public void lost(Errno why) {
            told.add(name + " " + why);
        }
    }

    private FrameMarking mark(PcmFile file, long frame) {
        return file.substream().frames().mark(frame, () -> new Note("at " + frame));
    }

    private PcmFile playing(long frames) {
        PcmFile file = card.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        TestCard.check(TestCard.transfer(file, frames));
        return file;
    }

    @Test
    void aMarkIsToldAtItsFrameAndNotAtThePeriodsEnd() {
        long startNanos = card.clock.monotonicNanos();
        PcmFile file = playing(4000);
        assertThat(mark(file, 1500)).isInstanceOf(FrameMarking.Waiting.class);
        assertThat(mark(file, 300)).isInstanceOf(FrameMarking.Waiting.class);

        assertThat(card.card.nextTickNanos())
                .isEqualTo(startNanos + FrameTime.nanos(300, TestCard.RATE));
        card.clock.advanceTo(card.card.nextTickNanos());
        card.card.tick();

        assertThat(told).containsExactly("at 300");
        assertThat(card.card.nextTickNanos())
                .isEqualTo(startNanos + FrameTime.nanos(1000, TestCard.RATE));
        card.pass(1200);
        card.card.tick();
        assertThat(told).containsExactly("at 300", "at 1500");
    }

    @Test
    void whatHasPassedIsAnsweredAtOnceAndAPointerOutOfRangeRefused() {
        PcmFile file = playing(4000);
        card.pass(1500);

        assertThat(mark(file, 1500)).isEqualTo(new FrameMarking.Passed());
        assertThat(mark(file, 1)).isEqualTo(new FrameMarking.Passed());
        assertThat(mark(file, file.geometry().boundary()))
                .isEqualTo(new FrameMarking.Refused(Errno.EINVAL));
        assertThat(mark(file, -1)).isEqualTo(new FrameMarking.Refused(Errno.EINVAL));
        assertThat(told).isEmpty();
    }

    @Test
    void twoWhoWaitForTheSameFrameShareAMark() {
        PcmFile file = playing(4000);
        FrameMarking first = mark(file, 700);

        assertThat(mark(file, 700)).isEqualTo(first);
        for (int frame = 1; frame < FrameLine.MOST_MARKS; frame++) {
            assertThat(mark(file, 1000 + frame)).isInstanceOf(FrameMarking.Waiting.class);
        }
        assertThat(mark(file, 3999)).isEqualTo(new FrameMarking.Refused(Errno.ENOSPC));
        assertThat(mark(file, 700)).as("one that is there").isEqualTo(first);
    }

    @Test
    void anXrunPassesWhatWasReachedAndLosesTheRest() {
        PcmFile file = playing(2000);
        mark(file, 2000);
        mark(file, 2900);
        mark(file, 3100);

        card.pass(3000);
        TestCard.check(file.hwsync() == Errno.EPIPE.negated() ? 0 : -1);

        assertThat(told).containsExactly("at 2000", "at 2900", "at 3100 EPIPE");
        assertThat(mark(file, 4000)).isEqualTo(new FrameMarking.Refused(Errno.EPIPE));
    }

    @Test
    void everyWayToStopLosesWhatWasNotReached() {
        PcmFile file = playing(2000);
        lostBy(file, file::drop, "ECANCELED");
        lostBy(file, file::reset, "ECANCELED");
        lostBy(file, file::xrun, "EPIPE");
        lostBy(file, card.card::disconnect, "ENODEV");
        PcmFile other = new TestCard(1).prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        lostBy(other, other::close, "ECANCELED");
    }

    private void lostBy(PcmFile file, Runnable stop, String why) {
        var _ = file.drop();
        TestCard.check(file.prepare());
        TestCard.check(TestCard.transfer(file, 2000));
        assertThat(mark(file, 1500)).isInstanceOf(FrameMarking.Waiting.class);
        stop.run();
        assertThat(told).containsExactly("at 1500 " + why);
        told.clear();
    }

    @Test
    void aDrainReachesWhatWasWritten() {
        PcmFile file = playing(2500);
        mark(file, 2500);
        mark(file, 2501);
        TestCard.check(file.drainStart());

        card.clock.advanceTo(card.card.nextTickNanos());
        while (told.isEmpty()) {
            card.card.tick();
            card.clock.advanceTo(card.card.nextTickNanos());
        }

        assertThat(told).containsExactly("at 2500", "at 2501 ECANCELED");
    }

    @Test
    void theWorkUnderWayIsWhatWasWrittenOrThePeriodThatIsRecorded() {
        PcmFile file = playing(2345);
        PcmFile capture = card.prepared(PcmStream.CAPTURE, PERIOD, BUFFER);
        FrameLine played = file.substream().frames();
        FrameLine recorded = capture.substream().frames();
        assertThat(recorded.markUnderWay(() -> new Note("standing")))
                .isEqualTo(new FrameMarking.Passed());
        TestCard.check(capture.start());
        card.pass(1500);

        assertThat(played.markUnderWay(() -> new Note("written")))
                .isInstanceOf(FrameMarking.Waiting.class);
        assertThat(recorded.markUnderWay(() -> new Note("period")))
                .isInstanceOf(FrameMarking.Waiting.class);
        card.pass(499);
        card.card.tick();
        assertThat(told).isEmpty();
        card.pass(1);
        card.card.tick();
        assertThat(told).containsExactly("period");
        card.pass(345);
        card.card.tick();
        assertThat(told).containsExactly("period", "written");
    }

    /** Against a list of frames, from a few frames before the pointers wrap on. */
    @Test
    void marksAreToldOnceInOrderAndNeverEarly() {
        Seeds.forEach(
                20,
                random -> {
                    TestCard own = new TestCard(1);
                    PcmFile file = own.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
                    file.swParams(
                            file.currentSwParams().withStopThreshold(file.geometry().boundary()));
                    PcmRuntime r = file.substream().runtime();
                    r.hwPtr(file.geometry().boundary() - 5000);
                    r.applPtr(r.hwPtr());
                    TestCard.check(file.start());
                    long moved = 0;
                    List<Long> waiting = new ArrayList<>();
                    List<Long> order = new ArrayList<>();
                    for (int i = 0; i < 300; i++) {
                        long ahead = random.nextInt(1, 3000);
                        long target = moved + ahead;
                        long frame = file.geometry().advance(r.hwPtr(), ahead);
                        if (!waiting.contains(target)) {
                            waiting.add(target);
                            file.substream().frames().mark(frame, () -> mark(order, target));
                        }
                        long step = random.nextInt(500);
                        own.pass(step);
                        own.card.tick();
                        file.hwsync();
                        moved += step;
                        long now = moved;
                        List<Long> due = waiting.stream().filter(t -> t <= now).sorted().toList();
                        assertThat(order).isEqualTo(due);
                    }
                });
    }

    private static FrameMark mark(List<Long> order, long target) {
        return new FrameMark() {
            @Override
            public void reached() {
                order.add(target);
            }

            @Override
            public void lost(Errno why) {
                throw new AssertionError(why);
            }
        };
    }

    @Test
    void tellingAllocatesNothing() {
        PcmFile file = card.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        TestCard.check(file.swParams(file.currentSwParams().withStopThreshold(Long.MAX_VALUE)));
        TestCard.check(file.start());
        int[] count = {0};
        FrameMark mark =
                new FrameMark() {
                    @Override
                    public void reached() {
                        count[0]++;
                    }

                    @Override
                    public void lost(Errno why) {
                        throw new AssertionError(why);
                    }
                };
        FrameLine line = file.substream().frames();
        PcmRuntime r = file.substream().runtime();

        long bytes =
                Allocations.bytesOnceWarm(
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                line.insert(0, r.movedFrames + 500, mark);
                                card.clock.advanceTo(card.card.nextTickNanos());
                                card.card.tick();
                            }
                        });

        assertThat(bytes).isZero();
        assertThat(count[0]).isPositive().matches(n -> n % 10_000 == 0);
    }
}
