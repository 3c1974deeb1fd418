package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.StreamClock;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.UserFrames;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.MixBus;

import java.io.Closeable;
import java.util.Objects;

/**
 * The stream that a mixer card plays its mix through: a client of another card like any program.
 * Owns the open file.
 *
 * <p>A mix is played ahead by {@link #leadFrames}: so long the one who mixes may be late without a
 * gap. Threads: under the mixer card's lock; takes the other card's lock inside of it.
 */
final class MixOutput implements Outlet, Closeable {
    private final PcmFile file;
    private final StreamClock clock;
    private final StreamParams params;
    private final MixBus bus;
    private final UserFrames mix;
    private long playedFrames;

    private MixOutput(PcmFile file) {
        this.file = file;
        this.clock = new StreamClock(file);
        this.params = file.params();
        Shape shape = new Shape(params.format(), params.channels());
        this.bus = new MixBus(shape, Math.toIntExact(leadFrames() + lookFrames()));
        int frameBytes = shape.frameBytes();
        this.mix =
                (ring, ringOffset, userOffset, bytes) -> {
                    bus.take(ring, ringOffset, bytes / frameBytes);
                    return 0;
                };
    }

    /**
     * Opens the first free substream of a device and chooses parameters for it.
     *
     * @throws PcmOpenException {@code EBUSY} when none is free, and what choosing answered
     */
    static MixOutput open(PcmDevice device, MixFormat format) throws PcmOpenException {
        PcmFile file =
                device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        int answer = LeadSizes.choose(format, Long.MAX_VALUE, new HwParamSpace(), file::hwParams);
        if (answer < 0) {
            file.close();
            throw refused(answer, format);
        }
        MixOutput output = new MixOutput(file);
        long bufferSize = output.params.bufferSize();
        // woken by nobody: lockstep must not wait for a client that only looks when time moves
        answer =
                file.swParams(
                        file.currentSwParams()
                                .withStartThreshold(output.leadFrames())
                                .withAvailMin(bufferSize));
        if (answer < 0) {
            file.close();
            throw refused(answer, format);
        }
        return output;
    }

    private static PcmOpenException refused(int answer, MixFormat format) {
        Errno errno = Objects.requireNonNullElse(Errno.of(-answer), Errno.EINVAL);
        return new PcmOpenException(errno, "mix=" + format);
    }

    /** Where the streams are summed. */
    MixBus bus() {
        return bus;
    }

    @Override
    public int rate() {
        return params.rate();
    }

    @Override
    public long leadFrames() {
        return Math.min(params.bufferSize(), LeadSizes.PERIODS * params.periodSize());
    }

    @Override
    public long lookFrames() {
        return Math.max(1, leadFrames() / LeadSizes.PERIODS);
    }

    @Override
    public PcmState state() {
        return file.state();
    }

    @Override
    public long moved(long nowNanos) {
        return clock.moved(nowNanos);
    }

    @Override
    public long nanosAt(long frames) {
        return clock.nanosAt(frames);
    }

    @Override
    public int prepare() {
        playedFrames = 0;
        return file.prepare();
    }

    @Override
    public long playedFrames() {
        return playedFrames;
    }

    /**
     * Plays the next frames of the mix; with {@link #leadFrames} the stream starts.
     *
     * @return frames, or a negated errno: {@code EPIPE} when it has run empty
     */
    long play(long frames) {
        long answer = file.transfer(mix, frames);
        playedFrames += Math.max(0, answer);
        return answer;
    }

    /** Lets what is queued be heard, and stops then. */
    void drain() {
        // what it answers is in the state
        var _ = file.drainStart();
    }

    /**
     * Plays what is still queued, sooner than it is time, and closes. Called when the machine ends:
     * nobody moves time any more.
     */
    @Override
    public void close() {
        if (file.state() == PcmState.RUNNING) {
            drain();
        }
        if (file.state() == PcmState.DRAINING) {
            var _ = clock.moved(clock.nanosAt(playedFrames));
        }
        file.close();
    }
}
