package io.pcmshare.server.control;

import java.util.List;

/**
 * What a histogram holds, of the time since the server began.
 *
 * @param name {@code wake_up_nanos}: how late the audio thread woke; {@code mix_nanos}: what a pass
 *     over all streams took; {@code queue_frames}: what devices had queued before each pass
 * @param count values
 * @param sum of the values
 * @param min the least; 0 of none
 * @param p50 half of the values are not above it
 * @param p99 of a hundred values one is above it
 * @param p999 of a thousand values one is above it
 * @param max the greatest; 0 of none
 * @param buckets for a picture
 */
public record HistogramState(
        String name,
        long count,
        long sum,
        long min,
        long p50,
        long p99,
        long p999,
        long max,
        List<Bucket> buckets) {
    /** Copies the list. */
    public HistogramState {
        buckets = List.copyOf(buckets);
    }

    /**
     * Some values.
     *
     * @param upTo none is above it
     * @param count how many, without those of the buckets below
     */
    public record Bucket(long upTo, long count) {}
}
