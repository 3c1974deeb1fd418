package io.pcmshare.server.measure;

import io.pcmshare.server.control.HistogramState;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late the audio thread woke, how long its passes took, what devices had queued before them.
 *
 * <p>Threads: the audio thread fills the rings, the control thread does all else.
 */
public final class Histograms {
    /** How late it woke. */
    public static final String WAKE_UP = "wake_up_nanos";

    /** How long a pass over all streams took. */
    public static final String MIX = "mix_nanos";

    /** What devices had queued before a pass. */
    public static final String QUEUE = "queue_frames";

    private static final long MOST = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 2;
    private static final int BUCKETS_PER_HALF = 1;
    private static final double GROWTH = 2;

    private final Line wakeUps = new Line(WAKE_UP, 1000);
    private final Line passes = new Line(MIX, 1000);
    private final Line queues = new Line(QUEUE, 1);

    /** Nothing was seen yet. */
    public Histograms() {}

    /** Where numbers go, and what they are counted in. */
    private record Line(
            String name,
            long smallestBucket,
            SampleRing ring,
            Histogram histogram,
            AtomicLong sum) {
        Line(String name, long smallestBucket) {
            this(
                    name,
                    smallestBucket,
                    new SampleRing(),
                    new Histogram(1, MOST, DIGITS),
                    new AtomicLong());
        }

        void count() {
            ring.takeAll(this::add);
        }

        private void add(long value) {
            long counted = Math.clamp(value, 0, MOST);
            histogram.recordValue(counted);
            var _ = sum.addAndGet(counted);
        }

        HistogramState state() {
            Histogram h = histogram;
            List<HistogramState.Bucket> buckets = new ArrayList<>();
            for (HistogramIterationValue each :
                    h.logarithmicBucketValues(smallestBucket * BUCKETS_PER_HALF, GROWTH)) {
                buckets.add(
                        new HistogramState.Bucket(
                                each.getValueIteratedTo(),
                                each.getCountAddedInThisIterationStep()));
            }
            boolean empty = h.getTotalCount() == 0;
            return new HistogramState(
                    name,
                    h.getTotalCount(),
                    sum.get(),
                    empty ? 0 : h.getMinValue(),
                    empty ? 0 : h.getValueAtPercentile(50),
                    empty ? 0 : h.getValueAtPercentile(99),
                    empty ? 0 : h.getValueAtPercentile(99.9),
                    h.getMaxValue(),
                    buckets);
        }
    }

    /** How late the audio thread woke, nanoseconds. */
    public SampleRing wakeUps() {
        return wakeUps.ring();
    }

    /** How long a pass took, nanoseconds. */
    public SampleRing passes() {
        return passes.ring();
    }

    /** What a device had queued, frames. */
    public SampleRing queues() {
        return queues.ring();
    }

    /** Counts what has come meanwhile. */
    public void count() {
        wakeUps.count();
        passes.count();
        queues.count();
    }

    /** What was counted. */
    public List<HistogramState> states() {
        return List.of(wakeUps.state(), passes.state(), queues.state());
    }
}
