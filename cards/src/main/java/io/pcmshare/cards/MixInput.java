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

import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The stream of another card that those who record from a mixer card hear, all of them the same.
 * Frames are counted from the first one ever recorded; the last {@link #capacity()} are kept. Owns
 * the open file. Threads: under the mixer card's lock; takes the other card's inside of it. Audio
 * path: allocates nothing; makes the system calls of the other card's driver.
 */
public final class MixInput implements Closeable {
    /** So many buffers of the other card's are kept, so that nobody has to be quicker than it. */
    private static final int KEPT_BUFFERS = 2;

    private final PcmFile file;
    private final StreamClock clock;
    private final StreamParams params;
    private final Shape shape;
    private final int capacity;
    private final int frameBytes;
    private final MemorySegment kept;
    private final UserFrames keeper;
    private int users;

    /** The frame that is the other stream's first since it was prepared. */
    private long originFrame;

    private long readFrames;
    private long lookedNanos;

    private MixInput(PcmFile file) {
        this.file = file;
        this.clock = new StreamClock(file);
        this.params = file.params();
        this.capacity = Math.toIntExact(KEPT_BUFFERS * params.bufferSize());
        this.shape = new Shape(params.format(), params.channels());
        this.frameBytes = shape.frameBytes();
        this.kept = MemorySegment.ofArray(new byte[capacity * frameBytes]);
        this.keeper =
                (ring, ringOffset, userOffset, bytes) -> {
                    keep(ring, ringOffset, bytes / frameBytes);
                    return 0;
                };
    }

    /**
     * Opens the first free substream of a device and chooses parameters for it.
     *
     * @param longestPeriod frames that its period shall not exceed, as far as it can
     * @throws PcmOpenException {@code EBUSY} when none is free, and what choosing answered
     */
    public static MixInput open(PcmDevice device, MixFormat format, long longestPeriod)
            throws PcmOpenException {
        PcmFile file =
                device.open(PcmStream.CAPTURE, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        int answer = LeadSizes.choose(format, longestPeriod, new HwParamSpace(), file::hwParams);
        if (answer >= 0) {
            // woken by nobody, as CardOutlet
            answer = file.swParams(file.currentSwParams().withAvailMin(file.params().bufferSize()));
        }
        if (answer < 0) {
            file.close();
            Errno errno = Objects.requireNonNullElse(Errno.of(-answer), Errno.EINVAL);
            throw new PcmOpenException(errno, "record=" + format);
        }
        return new MixInput(file);
    }

    /** What was chosen. */
    public StreamParams params() {
        return params;
    }

    /** Times it overran since it was opened. */
    public int xruns() {
        return file.substream().xruns();
    }

    /** What is recorded. */
    public Shape shape() {
        return shape;
    }

    /** Frames that are kept. */
    public int capacity() {
        return capacity;
    }

    /** The frames that are kept, frame N at place N modulo {@link #capacity()}. */
    public MemorySegment kept() {
        return kept;
    }

    /** One more listens from now on; 0 or a negated errno. */
    public int start(long nowNanos) {
        int answer = users == 0 ? begin(nowNanos) : 0;
        if (answer >= 0) {
            users++;
        }
        return Math.min(answer, 0);
    }

    private int begin(long nowNanos) {
        originFrame = readFrames;
        lookedNanos = nowNanos;
        int answer = file.prepare();
        return answer < 0 ? answer : file.start();
    }

    /** One listens no more. */
    public void stop() {
        users--;
        if (users == 0) {
            // of a card that has gone as well
            var _ = file.drop();
        }
    }

    /** Reads what was recorded until now; the frame that comes next. */
    public long frame(long nowNanos) {
        long moved = clock.moved(nowNanos);
        long missing = originFrame + moved - readFrames;
        if (missing > 0) {
            // one that has overrun gives what it has, perhaps nothing
            var _ = file.transfer(keeper, missing);
        }
        if (file.state() == PcmState.XRUN) {
            // we were too late: what was recorded meanwhile is lost
            var _ = begin(nowNanos);
        }
        lookedNanos = Math.max(lookedNanos, nowNanos);
        return readFrames;
    }

    private void keep(MemorySegment ring, long offset, long frames) {
        for (long done = 0; done < frames; ) {
            long place = readFrames % capacity;
            long piece = Math.min(frames - done, capacity - place);
            MemorySegment.copy(
                    ring, offset + done * frameBytes, kept, place * frameBytes, piece * frameBytes);
            readFrames += piece;
            done += piece;
        }
    }

    /** Whether the other card is gone. */
    public boolean isGone() {
        return file.state() == PcmState.DISCONNECTED;
    }

    /** When a frame will have been recorded; for one that was not, after the last look. */
    public long nanosAt(long frame) {
        long nanos = clock.nanosAt(frame - originFrame);
        return frame > readFrames ? Math.max(nanos, lookedNanos + 1) : nanos;
    }

    /** When somebody has to look, so that the other stream does not overrun. */
    public long lookNanos() {
        long period = params.periodSize();
        return nanosAt(originFrame + ((readFrames - originFrame) / period + 1) * period);
    }

    @Override
    public void close() {
        file.close();
    }
}
