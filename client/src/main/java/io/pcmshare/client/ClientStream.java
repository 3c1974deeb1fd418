package io.pcmshare.client;

import io.pcmshare.abi.PcmState;
import io.pcmshare.share.wire.StreamCall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A stream of a PcmShare server. Owns the connection and what is mapped.
 *
 * <p>Where the client was too late it goes on; where the server has gone and comes back within a
 * while, too; each is counted. Waiting makes one system call, {@code futex}; nothing else of the
 * steady state makes any. Threads: one.
 */
public abstract sealed class ClientStream implements AutoCloseable
        permits PlaybackStream, CaptureStream {
    /** For how long a server that has gone may take to come back, where nobody says. */
    public static final long USUAL_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    static final int RUNNING = PcmState.RUNNING.code();
    static final int XRUN = PcmState.XRUN.code();
    static final int DISCONNECTED = PcmState.DISCONNECTED.code();

    final ServerLink link;
    private final StreamOptions options;
    private boolean started;
    private long xruns;
    private long reconnects;

    ClientStream(Path socket, StreamOptions options, long patienceNanos) throws IOException {
        this.options = options;
        this.link = new ServerLink(socket, options, patienceNanos);
        link.open();
        requirePages();
    }

    private void requirePages() throws IOException {
        if (link.memory().pages() == null) {
            link.close();
            throw new DeniedException(
                    io.pcmshare.abi.Errno.EPERM, "the server gives no status and control page");
        }
    }

    /** What was asked for. */
    public StreamOptions options() {
        return options;
    }

    /** Frames between two wake-ups. */
    public long periodSize() {
        return link.memory().offer().periodSize();
    }

    /** Frames in the ring. */
    public long bufferSize() {
        return link.memory().offer().bufferSize();
    }

    /** Times that it was too late. */
    public long xruns() {
        return xruns;
    }

    /** Times that the server had gone and come back. */
    public long reconnects() {
        return reconnects;
    }

    /** Whether it runs, as far as this client knows. */
    public boolean isStarted() {
        return started;
    }

    long boundary() {
        return link.memory().offer().boundary();
    }

    /** Frames from one pointer to another that is not before it. */
    long distance(long from, long to) {
        long frames = to - from;
        return frames < 0 ? frames + boundary() : frames;
    }

    long advanced(long pointer, long frames) {
        long next = pointer + frames;
        return next >= boundary() ? next - boundary() : next;
    }

    /** Has it run from now on. */
    void start(long frames) throws IOException {
        var _ = link.connection().start(frames);
        started = true;
    }

    void stopped() {
        started = false;
    }

    /** Something else than frames: goes on from it as well as can be. */
    void recover(DisconnectedException cause) throws IOException {
        if (cause.heardFrames() >= 0) {
            throw cause; // taken back: to ask again would be no different
        }
        link.reopen(cause);
        requirePages();
        reconnects++;
        started = false;
    }

    /** It was too late: ready to begin anew. */
    void recoverXrun() throws IOException {
        xruns++;
        link.connection().call(StreamCall.PREPARE, 0);
        started = false;
    }

    /**
     * Waits until the core has moved.
     *
     * @param seen wake-ups that were known when there was nothing to do
     * @throws DisconnectedException where the server is gone, or has taken the stream back
     */
    void await(int seen) throws IOException {
        int answer = link.pages().await(seen);
        if (answer == PageLink.TIMED_OUT && link.connection().hasNews() && !link.pages().follow()) {
            throw link.connection().reasonOfEnd();
        }
    }

    /** Looks at what the server says unasked. */
    void heed() throws IOException {
        int state = link.pages().pages().status().state();
        if (state == DISCONNECTED) {
            throw link.connection().reasonOfEnd();
        }
        if (link.pages().hasNews() && !link.pages().follow()) {
            throw link.connection().reasonOfEnd();
        }
    }

    /** Has it stand, or go on. */
    public void pause(boolean paused) throws IOException {
        link.connection().call(StreamCall.PAUSE, paused ? 1 : 0);
    }

    /**
     * Sets how loud it is, without a click.
     *
     * @param decibels 0 for as it comes, at most 20
     */
    public void volume(boolean muted, double decibels) throws IOException {
        link.connection().volume(muted, decibels);
    }

    /** Lets go of the stream at once. Idempotent. */
    @Override
    public void close() {
        link.close();
    }
}
