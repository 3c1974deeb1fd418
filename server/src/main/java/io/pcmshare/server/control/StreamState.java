package io.pcmshare.server.control;

/**
 * A stream of a client.
 *
 * @param number by which commands name it
 * @param pid of its client
 * @param uid of its client
 * @param program the path of its client's program; empty where that is not known
 * @param kind {@code playback}, {@code capture} or {@code monitor}
 * @param mode {@code shared}, {@code low-latency} or {@code exclusive}
 * @param device the name of a {@link DeviceState}
 * @param state of the PCM: {@code PREPARED}, {@code RUNNING} ...
 * @param format {@code S16_LE} ...
 * @param channels samples in a frame
 * @param rate frames a second
 * @param periodFrames its client's period
 * @param bufferFrames its client's ring
 * @param movedFrames played, or recorded, since it was prepared
 * @param queuedFrames that its client has written and nobody has heard; or recorded and not read
 * @param latencyNanos until a frame is heard that is written now
 * @param xruns times its client was too late
 * @param volumeDecibels 0 for as it came
 * @param muted whether it is silent whatever its volume
 * @param peakDecibels the loudest sample since the last look, after the volume
 * @param rmsDecibels of the same samples
 */
public record StreamState(
        long number,
        int pid,
        int uid,
        String program,
        String kind,
        String mode,
        String device,
        String state,
        String format,
        int channels,
        int rate,
        long periodFrames,
        long bufferFrames,
        long movedFrames,
        long queuedFrames,
        long latencyNanos,
        long xruns,
        double volumeDecibels,
        boolean muted,
        double peakDecibels,
        double rmsDecibels) {}
