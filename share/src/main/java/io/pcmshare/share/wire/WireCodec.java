package io.pcmshare.share.wire;

import io.pcmshare.share.wire.Message.Begin;
import io.pcmshare.share.wire.Message.Call;
import io.pcmshare.share.wire.Message.Done;
import io.pcmshare.share.wire.Message.Finished;
import io.pcmshare.share.wire.Message.Hello;
import io.pcmshare.share.wire.Message.Memory;
import io.pcmshare.share.wire.Message.Moved;
import io.pcmshare.share.wire.Message.Offer;
import io.pcmshare.share.wire.Message.Open;
import io.pcmshare.share.wire.Message.OpenFlag;
import io.pcmshare.share.wire.Message.Ready;
import io.pcmshare.share.wire.Message.Refused;
import io.pcmshare.share.wire.Message.Result;
import io.pcmshare.share.wire.Message.Revoked;
import io.pcmshare.share.wire.Message.Volume;

import java.lang.foreign.MemorySegment;

/**
 * Messages as bytes. Every message is 64 bytes, in the machine's byte order:
 *
 * <pre>
 *   0        4       6       8        12
 *  +--------+-------+-------+--------+--------+
 *  | magic  | vers. | type  |  size  |   0    |
 *  +--------+-------+-------+--------+--------+
 *  16       body, 48 bytes; what a type does not use is 0
 * </pre>
 *
 * <p>Stateless. A message of another size, magic, version or type is refused, and so is one whose
 * unused bytes are not 0: they are room for later versions.
 */
public final class WireCodec {
    /** Bytes of every message. */
    public static final int MESSAGE_BYTES = 64;

    private WireCodec() {}

    /** Writes a message into the first {@link #MESSAGE_BYTES} of a segment. */
    public static void encode(Message message, MemorySegment into) {
        into.asSlice(0, MESSAGE_BYTES).fill((byte) 0);
        MessageView view = new MessageView(into);
        view.begin(message.type(), MESSAGE_BYTES);
        switch (message) {
            case Hello(boolean confined) -> view.word(0, confined ? 1 : 0);
            case Offer offer -> encodeOffer(offer, view);
            case Ready(long frames) -> view.longWord(0, frames);
            case Begin(long startNanos) -> view.longWord(0, startNanos);
            case Done(long frames) -> view.longWord(0, frames);
            case Revoked(long hwPtr) -> view.longWord(0, hwPtr);
            case Refused(int errno) -> view.word(0, errno);
            case Finished(long frames) -> view.longWord(0, frames);
            case Open open -> encodeOpen(open, view);
            case Call(int what, int argument) -> {
                view.word(0, what);
                view.word(1, argument);
            }
            case Result(int what, int answer) -> {
                view.word(0, what);
                view.word(1, answer);
            }
            case Volume(boolean muted, double decibels) -> {
                view.word(0, muted ? 1 : 0);
                view.longWord(1, Double.doubleToRawLongBits(decibels));
            }
            case Memory _, Moved _ -> {
                // the type says it all
            }
        }
    }

    private static void encodeOffer(Offer offer, MessageView view) {
        view.word(0, offer.stream());
        view.word(1, offer.format());
        view.word(2, offer.channels());
        view.word(3, offer.rate());
        view.longWord(2, offer.periodSize());
        view.longWord(3, offer.bufferSize());
        view.longWord(4, offer.boundary());
        view.longWord(5, offer.permissions());
    }

    private static void encodeOpen(Open open, MessageView view) {
        view.word(0, open.flags());
        view.word(1, open.stream());
        view.word(2, open.format());
        view.word(3, open.channels());
        view.word(4, open.rate());
        view.word(5, open.device());
        view.word(6, open.periodSize());
        view.word(7, open.bufferSize());
        view.longWord(4, open.positions());
        view.longWord(5, open.permissions());
    }

    /**
     * Reads a message.
     *
     * @param length bytes that arrived
     * @throws ProtocolException when they are no message
     */
    public static Message decode(MemorySegment from, long length) throws ProtocolException {
        if (length != MESSAGE_BYTES) {
            throw new ProtocolException("bytes=" + length);
        }
        MessageView view = new MessageView(from);
        view.check(MESSAGE_BYTES);
        Message message =
                switch (view.type()) {
                    case Hello.TYPE -> new Hello(view.word(0) != 0);
                    case Offer.TYPE -> decodeOffer(view);
                    case Ready.TYPE -> new Ready(frames(view));
                    case Begin.TYPE -> new Begin(view.longWord(0));
                    case Done.TYPE -> new Done(frames(view));
                    case Revoked.TYPE -> new Revoked(frames(view));
                    case Refused.TYPE -> new Refused(view.word(0));
                    case Finished.TYPE -> new Finished(frames(view));
                    case Memory.TYPE -> new Memory();
                    case Moved.TYPE -> new Moved();
                    case Open.TYPE -> decodeOpen(view);
                    case Call.TYPE -> new Call(view.word(0), view.word(1));
                    case Result.TYPE -> new Result(view.word(0), view.word(1));
                    case Volume.TYPE -> decodeVolume(view);
                    default -> throw new ProtocolException("type=" + view.type());
                };
        requireNothingElse(message, from);
        return message;
    }

    private static Offer decodeOffer(MessageView view) throws ProtocolException {
        Offer offer =
                new Offer(
                        view.word(0),
                        view.word(1),
                        view.word(2),
                        view.word(3),
                        view.longWord(2),
                        view.longWord(3),
                        view.longWord(4),
                        view.longWord(5));
        boolean sound =
                offer.channels() > 0
                        && offer.rate() > 0
                        && offer.periodSize() > 0
                        && offer.bufferSize() >= offer.periodSize()
                        && offer.boundary() >= offer.bufferSize()
                        && offer.boundary() % offer.bufferSize() == 0;
        if (!sound) {
            throw new ProtocolException(offer.toString());
        }
        return offer;
    }

    /** What cannot be meant; what a server cannot do it refuses. */
    private static Open decodeOpen(MessageView view) throws ProtocolException {
        Open open =
                new Open(
                        view.word(0),
                        view.word(1),
                        view.word(2),
                        view.word(3),
                        view.word(4),
                        view.word(5),
                        view.word(6),
                        view.word(7),
                        view.longWord(4),
                        view.longWord(5));
        boolean sound =
                (open.flags() & ~OpenFlag.known()) == 0
                        && open.channels() > 0
                        && open.rate() > 0
                        && open.periodSize() >= 0
                        && open.bufferSize() >= 0;
        if (!sound) {
            throw new ProtocolException(open.toString());
        }
        return open;
    }

    private static Volume decodeVolume(MessageView view) throws ProtocolException {
        double decibels = Double.longBitsToDouble(view.longWord(1));
        if (Double.isNaN(decibels)) {
            throw new ProtocolException("decibels=" + decibels);
        }
        return new Volume(view.word(0) != 0, decibels);
    }

    private static long frames(MessageView view) throws ProtocolException {
        long frames = view.longWord(0);
        if (frames < 0) {
            throw new ProtocolException("frames=" + frames);
        }
        return frames;
    }

    /** What a message means is all that it may say. */
    private static void requireNothingElse(Message message, MemorySegment from)
            throws ProtocolException {
        MemorySegment canonical = MemorySegment.ofArray(new long[MESSAGE_BYTES / Long.BYTES]);
        encode(message, canonical);
        long mismatch = canonical.mismatch(from.asSlice(0, MESSAGE_BYTES));
        if (mismatch >= 0) {
            throw new ProtocolException("type=" + message.type() + ", stray byte at=" + mismatch);
        }
    }
}
