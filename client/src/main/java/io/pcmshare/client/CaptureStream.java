package io.pcmshare.client;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Records frames from a server, as they are read. Begins with the first read.
 *
 * <p>Reading waits where there is nothing. Where the client was too late, or the server has gone
 * and come back, what was recorded meanwhile is missing. Allocates nothing while it records.
 * Threads: one.
 */
public final class CaptureStream extends ClientStream {
    private final int frameBytes;
    private long applPtr;

    private CaptureStream(Path socket, StreamOptions options, long patienceNanos)
            throws IOException {
        super(socket, options, patienceNanos);
        this.frameBytes = options.frameBytes();
        this.applPtr = link.pages().pages().control().applPtr();
    }

    /**
     * Connects and asks for a stream.
     *
     * @throws DeniedException where it is not given, with the server's errno
     * @throws IOException where there is no server
     */
    public static CaptureStream open(Path socket, StreamOptions options) throws IOException {
        return open(socket, options, USUAL_PATIENCE_NANOS);
    }

    /**
     * Connects and asks for a stream.
     *
     * @param patienceNanos for how long a server that has gone may take to come back; 0 for not at
     *     all
     */
    public static CaptureStream open(Path socket, StreamOptions options, long patienceNanos)
            throws IOException {
        if (options.kind() == StreamOptions.Kind.PLAYBACK) {
            throw new IllegalArgumentException("kind=" + options.kind());
        }
        return new CaptureStream(socket, options, patienceNanos);
    }

    /**
     * Reads frames, and waits for them as often as needed.
     *
     * @param samples where they go, one behind the other
     * @param offset the first one's first byte
     * @param frames how many
     * @throws DisconnectedException where the grant was taken back, or the server is gone for good
     */
    public void read(MemorySegment samples, long offset, long frames) throws IOException {
        long done = 0;
        while (done < frames) {
            try {
                done += readSome(samples, offset + done * frameBytes, frames - done);
            } catch (DisconnectedException e) {
                try (StreamMemory _ = link.memory()) {
                    recover(e);
                }
                applPtr = link.pages().pages().control().applPtr();
            }
        }
    }

    private long readSome(MemorySegment samples, long offset, long frames) throws IOException {
        if (!isStarted()) {
            start(0);
        }
        int seen = link.pages().pages().wakeStatus().wakeSeq();
        heed();
        if (link.pages().pages().status().state() == XRUN) {
            recoverXrun();
            applPtr = link.pages().pages().control().applPtr();
            return 0;
        }
        long there = distance(applPtr, link.pages().pages().status().hwPtr());
        long now = Math.min(there, frames);
        if (now <= 0) {
            await(seen);
            return 0;
        }
        MemorySegment ring = link.memory().ring();
        for (long done = 0; done < now; ) {
            long place = (applPtr + done) % bufferSize();
            long piece = Math.min(now - done, bufferSize() - place);
            MemorySegment.copy(
                    ring,
                    place * frameBytes,
                    samples,
                    offset + done * frameBytes,
                    piece * frameBytes);
            done += piece;
        }
        applPtr = advanced(applPtr, now);
        link.pages().publish(applPtr);
        return now;
    }
}
