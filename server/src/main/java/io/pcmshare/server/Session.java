package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.share.owner.Grant;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.MessageSocket;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.share.wire.StreamCall;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.PeerCredentials;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * One client of a shared stream, from its HELLO to its end. Owns the connection, what it was lent
 * and the grant.
 *
 * <p>HELLO, or OPEN, is answered with an OFFER, READY with BEGIN, DONE with FINISHED, a CALL with a
 * RESULT; anything else, or one out of turn, ends the session; so does a client that keeps the
 * server waiting, sends more than it may, or does not read what it is told. Its end, whatever that
 * is, puts the stream into other memory: what the client may have kept mapped is nobody's any more.
 * Threads: the control thread.
 */
public final class Session implements AutoCloseable {
    private static final int HELLOS_PER_SECOND = 10;

    private enum Phase {
        NEW,
        ASKED,
        OFFERED,
        PLAYING,
        DRAINING,
        FINISHED,
        CUT,
        CLOSED
    }

    private final MessageSocket socket;
    private final PeerCredentials peer;
    private final Host host;
    private final SessionListener listener;
    private long deadlineNanos;
    private Phase phase = Phase.NEW;
    private CallBudget budget;
    private @Nullable Holding holding;

    /**
     * What the sessions of a server share.
     *
     * @param source of their streams
     * @param limits how much of the server they may take
     * @param listener is told
     * @param wakeControl makes the control thread look; from any thread
     */
    record Host(
            StreamSource source,
            SessionLimits limits,
            SessionListener listener,
            Runnable wakeControl) {}

    Session(MessageSocket socket, PeerCredentials peer, Host host) {
        this.socket = socket;
        this.peer = peer;
        this.host = host;
        this.listener = host.listener();
        this.budget = new CallBudget(HELLOS_PER_SECOND, Clocks.monotonicNanos());
        owesAnswer();
    }

    private void owesAnswer() {
        deadlineNanos = Clocks.monotonicNanos() + host.limits().patienceNanos();
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

    /** The stream that it holds; {@code null} before it has one. */
    public @Nullable SharedStream stream() {
        Holding held = holding;
        return held == null ? null : held.stream();
    }

    /** What it was lent; {@code null} before. */
    public StreamSource.@Nullable Lent lent() {
        Holding held = holding;
        return held == null ? null : held.lent();
    }

    /** What it was given; {@code null} before. */
    public @Nullable Grant grant() {
        Holding held = holding;
        return held == null ? null : held.grant();
    }

    private Holding held() {
        return Objects.requireNonNull(holding, "phase without a stream");
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
            if (!budget.take(Clocks.monotonicNanos())) {
                throw new ProtocolException("more messages than it may send");
            }
            answer(incoming.message());
        } catch (ProtocolException e) {
            end(e.getMessage() == null ? "protocol" : e.getMessage());
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private void answer(Message message) throws IOException {
        switch (message) {
            case Message.Hello hello when phase == Phase.NEW ->
                    ask(new StreamSource.Wish(peer, hello.confined(), null));
            case Message.Open open when phase == Phase.NEW ->
                    ask(new StreamSource.Wish(peer, open.has(Message.OpenFlag.CONFINED), open));
            case Message.Ready ready when phase == Phase.OFFERED -> begin(ready);
            case Message.Done done when phase == Phase.PLAYING -> drain(done);
            case Message.Moved moved when phase == Phase.PLAYING && held().isMoving() -> moved();
            case Message.Call call when mayCall() -> call(call);
            case Message.Volume volume when mayCall() ->
                    socket.send(
                            new Message.Result(
                                    0, held().lent().volume(volume.muted(), volume.decibels())));
            case Message.Done ignored when phase == Phase.CUT -> {
                // it did not hear yet that it was cut off
            }
            case Message.Call ignored when phase == Phase.CUT -> {
                // nor this one
            }
            default -> throw new ProtocolException(message + " in phase=" + phase);
        }
    }

    private void ask(StreamSource.Wish wish) {
        phase = Phase.ASKED;
        // who is asked may take his time
        deadlineNanos = Long.MAX_VALUE;
        host.source()
                .request(
                        wish,
                        new StreamSource.Answer() {
                            @Override
                            public void lend(StreamSource.Lent lent) {
                                offer(lent);
                            }

                            @Override
                            public void refuse(Errno errno, String reason) {
                                refuseAsked(errno, reason);
                            }
                        });
    }

    private void refuseAsked(Errno errno, String reason) {
        if (phase != Phase.ASKED) {
            return;
        }
        try {
            refuse(errno, reason);
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private void offer(StreamSource.Lent given) {
        if (phase != Phase.ASKED) {
            given.giveBack(); // it did not wait for it
            return;
        }
        budget = new CallBudget(given.callsPerSecond(), Clocks.monotonicNanos());
        try {
            Holding held = Holding.of(given, host.wakeControl(), this::takenBack);
            holding = held;
            socket.send(held.offer(), held.grant().borrowFds());
            phase = Phase.OFFERED;
            owesAnswer();
            listener.onOffer(this);
        } catch (PcmOpenException e) {
            refuseAsked(e.errno(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    private boolean mayCall() {
        return switch (phase) {
            case OFFERED, PLAYING, DRAINING, FINISHED -> true;
            case NEW, ASKED, CUT, CLOSED -> false;
        };
    }

    private void call(Message.Call call) throws IOException {
        StreamCall what = StreamCall.of(call.what());
        int answer = what == null ? Errno.ENOTTY.negated() : held().call(what, call.argument());
        if (answer == 0 && what != StreamCall.PAUSE) {
            stopped();
            // as before it began: it fills its ring, and is READY again
            phase = what == StreamCall.PREPARE ? Phase.OFFERED : phase;
        }
        socket.send(new Message.Result(call.what(), answer));
    }

    private void stopped() {
        held().stopWatching();
        phase = Phase.FINISHED;
        // a client that does not play may take its time, as one that has no sound card
        deadlineNanos = Long.MAX_VALUE;
    }

    private void begin(Message.Ready ready) throws IOException {
        int answer = held().start();
        if (answer < 0) {
            refuse(errnoOf(answer), "start, frames=" + ready.frames());
            return;
        }
        phase = Phase.PLAYING;
        deadlineNanos = Long.MAX_VALUE;
        listener.onBegin(this);
        socket.send(new Message.Begin(held().startedNanos()));
    }

    /**
     * Moves the stream into other memory while it plays: its client copies, and nothing is lost. Of
     * a client that does not answer the old memory stays in use, until it is taken back.
     *
     * @return whether there is a client that could; one without pages cannot be told
     * @throws IOException when there was no memory, or the client is gone
     */
    public boolean moveMemory() throws IOException {
        Holding held = holding;
        if (held == null || phase != Phase.PLAYING || !held.canMove()) {
            return false;
        }
        socket.send(new Message.Memory(), held.grant().offerMove());
        held.moving();
        return true;
    }

    private void moved() {
        if (held().moved()) {
            listener.onMoved(this);
        }
    }

    private void drain(Message.Done done) throws IOException {
        int answer = held().drain(done.frames());
        if (answer < 0) {
            refuse(errnoOf(answer), "drain, frames=" + done.frames());
            return;
        }
        phase = Phase.DRAINING;
    }

    /** Something of the stream changed; the control thread looks. */
    void onStreamChanged() {
        Holding held = holding;
        if (held == null || phase == Phase.CLOSED) {
            return;
        }
        PcmState state = held.state();
        if (phase == Phase.PLAYING && state == PcmState.XRUN && deadlineNanos == Long.MAX_VALUE) {
            // it lies there for its client to say something, but not for ever
            owesAnswer();
        }
        if (phase != Phase.DRAINING || state == PcmState.DRAINING) {
            return;
        }
        stopped();
        owesAnswer();
        long frames = held.applPtr();
        listener.onFinished(this, frames);
        try {
            socket.send(new Message.Finished(frames));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    /** Takes the grant back while it is in use. */
    public void revoke(String reason) {
        if (phase == Phase.CUT || phase == Phase.CLOSED || holding == null) {
            return;
        }
        Cut cut = cut(reason);
        try {
            socket.send(new Message.Revoked(cut.silentFromFrame()));
        } catch (IOException e) {
            end("connection lost: " + e.getMessage());
        }
    }

    /** Its time or quota is over: it has been cut off already. */
    private void takenBack(String why) {
        if (phase == Phase.CUT || phase == Phase.CLOSED) {
            return;
        }
        long hwPtr = held().hwPtr();
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
        long noticed = held().hwPtr();
        long silentFrom = held().cutOff();
        phase = Phase.CUT;
        owesAnswer();
        long nanos = Clocks.monotonicNanos() - beganNanos;
        Cut cut = new Cut(reason, noticed, silentFrom, nanos);
        listener.onCut(this, cut);
        return cut;
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
        Holding held = holding;
        if (held != null) {
            held.close();
        }
        socket.close();
        listener.onClosed(this);
    }
}
