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

import java.io.Closeable;
import java.util.Objects;

/**
 * A stream of a card that somebody of us plays through, a client like any program. Owns the open
 * file.
 *
 * <p>What is played is ahead of what is heard by {@link #leadFrames}: so long the one who feeds may
 * be late without a gap. Threads: under the lock of the card that feeds; takes the other card's
 * lock inside of it. Allocates nothing once it is open; makes the system calls of the other card's
 * driver.
 */
public final class CardOutlet implements Outlet, Closeable {
    private final PcmFile file;
    private final StreamClock clock;
    private final StreamParams params;
    private long playedFrames;

    private CardOutlet(PcmFile file) {
        this.file = file;
        this.clock = new StreamClock(file);
        this.params = file.params();
    }

    /**
     * Opens the first free substream of a device and chooses parameters for it.
     *
     * @param longestPeriod frames that its period shall not exceed, as far as it can
     * @throws PcmOpenException {@code EBUSY} when none is free, and what choosing answered
     */
    public static CardOutlet open(PcmDevice device, MixFormat format, long longestPeriod)
            throws PcmOpenException {
        PcmFile file =
                device.open(PcmStream.PLAYBACK, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        int answer = LeadSizes.choose(format, longestPeriod, new HwParamSpace(), file::hwParams);
        if (answer < 0) {
            file.close();
            throw refused(answer, format);
        }
        CardOutlet output = new CardOutlet(file);
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

    /** What was chosen. */
    public StreamParams params() {
        return params;
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

    /** Times it ran empty since it was opened. */
    public int xruns() {
        return file.substream().xruns();
    }

    /**
     * Plays the next frames; with {@link #leadFrames} the stream starts.
     *
     * @param feed who is asked for them
     * @return frames, or a negated errno: {@code EPIPE} when it has run empty
     */
    public long play(UserFrames feed, long frames) {
        long answer = file.transfer(feed, frames);
        playedFrames += Math.max(0, answer);
        return answer;
    }

    /**
     * Takes back what was played last and is not heard yet, so that something else is played
     * instead.
     *
     * @param frames how many
     * @param keepFrames what is about to be heard stays: so much at least
     * @return how many those were, fewer where the rest is too near
     */
    public long rewind(long frames, long keepFrames) {
        long heard = clock.moved(file.substream().card().clock().monotonicNanos());
        long wanted = Math.min(frames, playedFrames - heard - keepFrames);
        long answer = wanted <= 0 ? 0 : Math.max(0, file.rewind(wanted));
        playedFrames -= answer;
        return answer;
    }

    /** Lets what is queued be heard, and stops then. */
    public void drain() {
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
