package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** A client that plays noise of S16_LE on one of several streams, as soon as there is room. */
final class Voice implements AutoCloseable {
    private final PcmFile file;
    private final byte[] samples;
    private final int channels;
    private final boolean drains;
    private int written;
    private long startNanos;

    /**
     * A voice that has chosen its parameters.
     *
     * @param frames how many it plays
     * @param drains whether it says that it has no more; else it runs empty
     */
    Voice(
            PcmDevice device,
            SplittableRandom random,
            int channels,
            int rate,
            int frames,
            boolean drains) {
        this.channels = channels;
        this.drains = drains;
        this.samples = new byte[frames * channels * Short.BYTES];
        random.nextBytes(samples);
        long period = 16L + random.nextInt(400);
        long buffer = period * (2 + random.nextInt(6));
        try {
            file = device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, -1);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
        Streams.prepare(file, Streams.params(PcmFormat.S16_LE, channels, rate, period, buffer));
    }

    PcmFile file() {
        return file;
    }

    byte[] samples() {
        return samples;
    }

    int channels() {
        return channels;
    }

    int frames() {
        return samples.length / channels / Short.BYTES;
    }

    /** When it began. */
    long startNanos() {
        return startNanos;
    }

    /** Writes what there is room for; the first write starts. */
    void play(long nowNanos) {
        if (written == 0) {
            startNanos = nowNanos;
        }
        PcmState state = file.state();
        if (state != PcmState.PREPARED && state != PcmState.RUNNING) {
            return;
        }
        int left = samples.length - written;
        if (left > 0) {
            long answer =
                    file.transfer(Streams.from(samples, written), left / channels / Short.BYTES);
            written += (int) Math.max(0, answer) * channels * Short.BYTES;
        } else if (drains) {
            Streams.check(file.drainStart());
        }
    }

    /** Whether everything was handed on and it stands. */
    boolean isOver() {
        PcmState state = file.state();
        return written == samples.length && (state == PcmState.SETUP || state == PcmState.XRUN);
    }

    /** Adds its samples where they belong to in a stereo mix that is doubles of full scale 1. */
    void addTo(double[] mix, int firstFrame) {
        ByteBuffer in = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < frames(); frame++) {
            for (int side = 0; side < 2; side++) {
                int channel = channels == 1 ? 0 : side;
                int sample = in.getShort((frame * channels + channel) * Short.BYTES);
                mix[(firstFrame + frame) * 2 + side] += sample / 32768.0;
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
