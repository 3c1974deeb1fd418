package io.pcmshare.client;

import io.pcmshare.share.wire.StreamCall;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Plays frames on a server, as they are written. Begins when its ring is full, or at {@link
 * #drain}.
 *
 * <p>Writing waits where there is no room. When the server has gone and come back, what was not
 * heard is played first. Allocates nothing while it plays. Threads: one.
 */
public final class PlaybackStream extends ClientStream {
    private final int frameBytes;
    private long applPtr;
    private long written;

    private PlaybackStream(Path socket, StreamOptions options, long patienceNanos)
            throws IOException {
        super(socket, options, patienceNanos);
        this.frameBytes = options.frameBytes();
        this.applPtr = link.pages().pages().status().hwPtr();
    }

    /**
     * Connects and asks for a stream.
     *
     * @throws DeniedException where it is not given, with the server's errno
     * @throws IOException where there is no server
     */
    public static PlaybackStream open(Path socket, StreamOptions options) throws IOException {
        return open(socket, options, USUAL_PATIENCE_NANOS);
    }

    /**
     * Connects and asks for a stream.
     *
     * @param patienceNanos for how long a server that has gone may take to come back; 0 for not at
     *     all
     */
    public static PlaybackStream open(Path socket, StreamOptions options, long patienceNanos)
            throws IOException {
        if (options.kind() != StreamOptions.Kind.PLAYBACK) {
            throw new IllegalArgumentException("kind=" + options.kind());
        }
        return new PlaybackStream(socket, options, patienceNanos);
    }

    /** Frames written since it was opened. */
    public long written() {
        return written;
    }

    /** Frames that were written and not played yet, as far as the server has said. */
    public long queued() {
        return distance(link.pages().pages().status().hwPtr(), applPtr);
    }

    /**
     * Writes frames, and waits for room as often as needed.
     *
     * @param samples of frames, one behind the other
     * @param offset the first one's first byte
     * @param frames how many
     * @throws DisconnectedException where the grant was taken back, or the server is gone for good
     */
    public void write(MemorySegment samples, long offset, long frames) throws IOException {
        long done = 0;
        while (done < frames) {
            try {
                done += writeSome(samples, offset + done * frameBytes, frames - done);
            } catch (DisconnectedException e) {
                goOn(e);
            }
        }
    }

    private long writeSome(MemorySegment samples, long offset, long frames) throws IOException {
        int seen = link.pages().pages().wakeStatus().wakeSeq();
        heed();
        if (isStarted() && link.pages().pages().status().state() == XRUN) {
            recoverXrun();
            applPtr = link.pages().pages().status().hwPtr();
        }
        long room = bufferSize() - queued();
        long now = Math.min(room, frames);
        if (now > 0) {
            copy(samples, offset, now);
            written += now;
        } else if (isStarted()) {
            await(seen);
        }
        if (!isStarted() && queued() == bufferSize()) {
            start(queued());
        }
        return Math.max(0, now);
    }

    private void copy(MemorySegment samples, long offset, long frames) {
        MemorySegment ring = link.memory().ring();
        for (long done = 0; done < frames; ) {
            long place = (applPtr + done) % bufferSize();
            long piece = Math.min(frames - done, bufferSize() - place);
            MemorySegment.copy(
                    samples,
                    offset + done * frameBytes,
                    ring,
                    place * frameBytes,
                    piece * frameBytes);
            done += piece;
        }
        applPtr = advanced(applPtr, frames);
        link.pages().publish(applPtr);
    }

    /**
     * Connects again, and begins with what nobody heard: the old ring is mapped as long as that.
     */
    private void goOn(DisconnectedException cause) throws IOException {
        StreamMemory old = link.memory();
        try (old) {
            long unheard = cause.heardFrames() >= 0 ? 0 : Math.min(queued(), bufferSize());
            long from = link.pages().pages().status().hwPtr();
            MemorySegment oldRing = old.ring();
            long oldSize = bufferSize();
            recover(cause);
            applPtr = link.pages().pages().status().hwPtr();
            // a ring that has become smaller takes what came first
            long again = Math.min(unheard, bufferSize());
            for (long done = 0; done < again; ) {
                long place = (from + done) % oldSize;
                long piece = Math.min(again - done, oldSize - place);
                copy(oldRing, place * frameBytes, piece);
                done += piece;
            }
        }
    }

    /**
     * Waits until everything was played. Then it may be written again, or closed.
     *
     * @return frames that were heard since it began last
     */
    public long drain() throws IOException {
        while (true) {
            try {
                if (!isStarted() && queued() > 0) {
                    start(queued());
                }
                if (!isStarted()) {
                    return 0;
                }
                long heard = link.connection().finish(written);
                link.connection().call(StreamCall.PREPARE, 0);
                stopped();
                applPtr = link.pages().pages().status().hwPtr();
                return heard;
            } catch (DisconnectedException e) {
                goOn(e);
            }
        }
    }

    /** Stops at once; what is queued is not heard. */
    public void drop() throws IOException {
        link.connection().call(StreamCall.DROP, 0);
        link.connection().call(StreamCall.PREPARE, 0);
        stopped();
        applPtr = link.pages().pages().status().hwPtr();
        link.pages().publish(applPtr);
    }
}
