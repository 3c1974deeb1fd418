package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RingGeometry;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Waiter;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.Grant;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.PeerCredentials;
import io.pcmshare.sys.ProcStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One client of a shared stream, from its HELLO to its end. Owns the connection and the grant.
 *
 * <p>HELLO is answered with an OFFER, READY with BEGIN, DONE with FINISHED; anything else, or one
 * out of turn, ends the session; so does a client that keeps the server waiting, or does not read
 * what it is told. Its end, whatever that is, puts the stream into other memory: what the client
 * may have kept mapped is nobody's any more. Threads: the control thread.
 */
public final class Session implements AutoCloseable {
    private enum Phase {
        NEW,
        OFFERED,
        PLAYING,
        DRAINING,
        CUT,
        CLOSED
    }

    private final MessageSocket socket;
    private final PeerCredentials peer;
    private final Host host;
    private final SharedStream stream;
    private final SessionPolicy policy;
    private final SessionListener listener;
    private long deadlineNanos;
    private Phase phase = Phase.NEW;
    private @Nullable Grant grant;
    private @Nullable Waiter watch;
    private boolean isMoving;

    /**
     * What the sessions of a server share.
     *
     * @param stream that is offered
     * @param policy what is asked and given
     * @param listener is told
     * @param wakeControl makes the control thread look; from any thread
     * @param isStreamFree whether no session holds the stream
     */
    record Host(
            SharedStream stream,
            SessionPolicy policy,
            SessionListener listener,
            Runnable wakeControl,
            BooleanSupplier isStreamFree) {}

    Session(MessageSocket socket, PeerCredentials peer, Host host) {
        this.socket = socket;
        this.peer = peer;
        this.host = host;
        this.stream = host.stream();
        this.policy = host.policy();
        this.listener = host.listener();
        owesAnswer();
    }

    private void owesAnswer() {
        deadlineNanos = Clocks.monotonicNanos() + policy.limits().patienceNanos();
    }

    /** Until when it has to have done something: {@code CLOCK_MONOTONIC}, nanoseconds. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Ends it if it has kept the server waiting for too long. */
    void enforcePatience(long nowNanos) {
        if (nowNanos >= deadlineNanos) {
            end("no answer in phase=" + phase);
        }
    }

    /** Whether it holds the stream. */
    boolean holdsStream() {
        return grant != null && phase != Phase.CLOSED;
    }

    /** Who it is. */
    public PeerCredentials peer() {
        return peer;
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    MessageSocket socket() {
        return socket;
    }

    /** The socket has something to say, or is at its end. */
    void onReadable() {
        try {
            MessageSocket.Incoming incoming = socket.receive();
            if (incoming == null) {
                end("client gone");
                return;
            }
            // no message to a server carries descriptors: what came is not ours to keep
            incoming.closeFds();
            answer(incoming.message());
        } catch (ProtocolException e) {
            end(e.getMessage() == null ? "protocol" : e.getMessage());
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private void answer(Message message) throws IOException {
        switch (message) {
            case Message.Hello hello when phase == Phase.NEW -> offer(hello);
            case Message.Ready ready when phase == Phase.OFFERED -> begin(ready);
            case Message.Done done when phase == Phase.PLAYING -> drain(done);
            case Message.Moved moved when phase == Phase.PLAYING && isMoving -> moved();
            case Message.Done ignored when phase == Phase.CUT -> {
                // it did not hear yet that it was cut off
            }
            default -> throw new ProtocolException(message + " in phase=" + phase);
        }
    }

    private void offer(Message.Hello hello) throws IOException {
        if (!host.isStreamFree().getAsBoolean()) {
            refuse(Errno.EBUSY, "another holds the stream");
            return;
        }
        if (policy.requireConfined() && !(hello.confined() && ProcStatus.isConfined(peer.pid()))) {
            refuse(Errno.EPERM, "client pid=" + peer.pid() + " is not confined");
            return;
        }
        try {
            Grant given = stream.grant(policy.terms(Subject.of(peer), now()));
            given.onTakenBack(this::takenBack);
            grant = given;
            StreamParams params = given.file().params();
            RingGeometry geometry = given.file().geometry();
            socket.send(
                    new Message.Offer(
                            params.stream().code(),
                            params.format().code(),
                            params.channels(),
                            params.rate(),
                            params.periodSize(),
                            geometry.bufferSize(),
                            geometry.boundary(),
                            given.permissions().bits()),
                    given.borrowFds());
            phase = Phase.OFFERED;
            owesAnswer();
        } catch (PcmOpenException e) {
            refuse(e.errno(), String.valueOf(e.getMessage()));
        }
    }

    private void begin(Message.Ready ready) throws IOException {
        PcmFile owner = stream.owner();
        PcmState state = owner.state();
        if (state != PcmState.PREPARED) {
            // another client's: its pointer is not to be touched
            refuse(Errno.EBUSY, "start, state=" + state);
            return;
        }
        if (!hasControlPage()) {
            // the owner speaks for a client that has no pointer of its own
            owner.applPtr(owner.geometry().bufferSize());
        }
        int answer = stream.start();
        if (answer < 0) {
            refuse(errnoOf(answer), "start, frames=" + ready.frames());
            return;
        }
        phase = Phase.PLAYING;
        deadlineNanos = Long.MAX_VALUE;
        awaitStop();
        listener.onBegin(this);
        socket.send(new Message.Begin(owner.startedNanos()));
    }

    /**
     * Moves the stream into other memory while it plays: its client copies, and nothing is lost. Of
     * a client that does not answer the old memory stays in use, until it is taken back.
     *
     * @return whether there is a client that could; one without pages cannot be told
     * @throws IOException when there was no memory, or the client is gone
     */
    public boolean moveMemory() throws IOException {
        Grant given = grant;
        if (given == null || phase != Phase.PLAYING || isMoving || !hasControlPage()) {
            return false;
        }
        socket.send(new Message.Memory(), given.offerMove());
        isMoving = true;
        given.tellNews();
        return true;
    }

    private void moved() {
        isMoving = false;
        Grant given = grant;
        if (given != null && given.completeMove()) {
            listener.onMoved(this);
        }
    }

    private void drain(Message.Done done) throws IOException {
        PcmFile owner = stream.owner();
        if (!hasControlPage()) {
            owner.applPtr(done.frames() % owner.geometry().boundary());
        }
        // after an xrun a drain would only set the state: frames were lost, and the client is told
        // so
        int answer = owner.state() == PcmState.XRUN ? Errno.EPIPE.negated() : owner.drainStart();
        if (answer < 0) {
            refuse(errnoOf(answer), "drain, frames=" + done.frames());
            return;
        }
        phase = Phase.DRAINING;
    }

    /** Has the control thread look when the stream stops, for whatever reason. */
    private void awaitStop() {
        Waiter stopped =
                () -> {
                    PcmState state = stream.owner().state();
                    boolean over = state != PcmState.RUNNING && state != PcmState.DRAINING;
                    if (over) {
                        host.wakeControl().run();
                    }
                    return over;
                };
        watch = stopped;
        stream.owner().park(stopped);
    }

    /** Something of the stream changed; the control thread looks. */
    void onStreamChanged() {
        PcmState state = stream.owner().state();
        if (phase == Phase.PLAYING && state == PcmState.XRUN && deadlineNanos == Long.MAX_VALUE) {
            // it lies there for its client to say something, but not for ever
            owesAnswer();
        }
        if (phase != Phase.DRAINING || state == PcmState.DRAINING) {
            return;
        }
        phase = Phase.CUT;
        owesAnswer();
        long frames = stream.owner().status().applPtr();
        listener.onFinished(this, frames);
        try {
            socket.send(new Message.Finished(frames));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    /** Takes the grant back while it is in use. */
    public void revoke(String reason) {
        if (phase == Phase.CUT || phase == Phase.CLOSED) {
            return;
        }
        Cut cut = cut(reason);
        try {
            socket.send(new Message.Revoked(cut.silentFromFrame()));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private long now() {
        return stream.owner().substream().card().clock().monotonicNanos();
    }

    /** Its time or quota is over: it has been cut off already. */
    private void takenBack(String why) {
        if (phase == Phase.CUT || phase == Phase.CLOSED) {
            return;
        }
        long hwPtr = stream.owner().hwPtr();
        phase = Phase.CUT;
        owesAnswer();
        listener.onCut(this, new Cut(why, hwPtr, hwPtr, 0));
        try {
            socket.send(new Message.Revoked(hwPtr));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private Cut cut(String reason) {
        long beganNanos = Clocks.monotonicNanos();
        PcmFile owner = stream.owner();
        long noticed = owner.status().hwPtr();
        Grant given = grant;
        long silentFrom = noticed;
        if (given != null) {
            try {
                silentFrom = given.revoke();
            } catch (IOException e) {
                // no memory for a new ring: the old one at least falls silent, and nobody plays on
                silentFrom = owner.memory().silenceAhead();
                owner.drop();
            }
        }
        phase = Phase.CUT;
        owesAnswer();
        long nanos = Clocks.monotonicNanos() - beganNanos;
        Cut cut = new Cut(reason, noticed, silentFrom, nanos);
        listener.onCut(this, cut);
        return cut;
    }

    private boolean hasControlPage() {
        return policy.permissions().has(Right.MAP_CONTROL);
    }

    private void refuse(Errno errno, String reason) throws IOException {
        socket.send(new Message.Refused(errno.value()), List.of());
        end(reason);
    }

    private static Errno errnoOf(int negated) {
        Errno errno = Errno.of(-negated);
        return errno == null ? Errno.EIO : errno;
    }

    private void end(String reason) {
        if (phase == Phase.PLAYING || phase == Phase.DRAINING) {
            cut(reason);
        }
        close();
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        if (watch != null) {
            stream.owner().unpark(watch);
        }
        if (grant != null) {
            letGo(grant);
        }
        socket.close();
        listener.onClosed(this);
    }

    private void letGo(Grant given) {
        try {
            given.release();
        } catch (IOException e) {
            // no memory: whoever comes next must not be at the mercy of whoever was here
            var _ = stream.owner().drop();
        }
    }
}
