package io.pcmshare.core.pcm;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

/**
 * A READI, WRITEI, READN or WRITEN of a program, or a read(2) or write(2): samples between its
 * memory and the ring, in pieces, waiting where it has to. Kernel: sound/core/pcm_native.c,
 * snd_pcm_xferi_frames_ioctl(), snd_pcm_xfern_frames_ioctl().
 *
 * <p>The program's memory is touched outside the card's lock; the ring inside it. One that is over
 * serves the file's next transfer as well, so that a transfer allocates nothing.
 */
final class TransferCall extends BlockingCall {
    private static final int EAGAIN = Errno.EAGAIN.negated();

    private final PcmRuntime runtime;
    private final StreamParams params;
    private final Transfer transfer;
    private final UserBuffer buffer;
    private final UserChannels channels;
    private UserSide user;
    private ResultPlace result = ResultPlace.BYTES;
    private long resultAddress;
    private boolean nonblock;
    private boolean begun;
    private boolean waited;

    /** Transfers of a file as long as its parameters stay; under the card's lock. */
    TransferCall(PcmFile file, PcmCaller caller, PcmRuntime runtime, StreamParams params) {
        super(file, caller);
        this.nonblock = file.substream().nonblock();
        this.runtime = runtime;
        this.params = params;
        boolean toRing = !file.substream().isCapture();
        transfer = new Transfer(file.substream(), runtime);
        buffer = new UserBuffer(params, toRing);
        channels = new UserChannels(params, toRing);
        user = buffer;
    }

    /** Whether it can serve another call of the file. */
    boolean serves(PcmRuntime otherRuntime, StreamParams otherParams) {
        return runtime == otherRuntime && params.equals(otherParams);
    }

    /** Serves another call; under the card's lock. */
    TransferCall serve(PcmCaller newCaller) {
        renew(newCaller);
        nonblock = file.substream().nonblock();
        return this;
    }

    StreamParams params() {
        return params;
    }

    /** One buffer; 0 plays silence. */
    TransferCall interleaved(long address) {
        buffer.at(address);
        user = buffer;
        return this;
    }

    /** A buffer for each channel, already told. */
    TransferCall nonInterleaved() {
        user = channels;
        return this;
    }

    /** The buffers of the channels, to be told. */
    UserChannels channels() {
        return channels;
    }

    /** Where the answer goes besides the call's own return. */
    TransferCall resultTo(ResultPlace place, long address) {
        result = place;
        resultAddress = address;
        return this;
    }

    /** Answers without a transfer. */
    long refuse(int errno) {
        return result.hand(errno, resultAddress, caller(), params);
    }

    /** Runs it from the beginning; frames are unsigned. */
    long start(long frames) {
        transfer.reset(frames < 0 ? Long.MAX_VALUE : frames);
        begun = false;
        waited = false;
        return run();
    }

    @Override
    long proceed() {
        while (true) {
            long answer = continueTransfer();
            if (answer == PENDING) {
                return PENDING;
            }
            while (answer >= 0 && transfer.left() > 0) {
                answer = substream().isCapture() ? readPiece() : writePiece();
                if (answer == 0) {
                    break;
                }
            }
            if (answer != 0 || transfer.left() == 0) {
                return end(answer);
            }
            if (nonblock) {
                return end(EAGAIN);
            }
            waited = true;
        }
    }

    /** Begins, or looks what the wait has brought: 0 or more, a negated errno, or PENDING. */
    private long continueTransfer() {
        synchronized (lock()) {
            if (isGone()) {
                return Errno.EBADFD.negated();
            }
            if (!begun) {
                begun = true;
                return transfer.begin();
            }
            return waited ? afterWait() : transfer.accessible();
        }
    }

    /** Kernel: wait_for_avail(), whose answers differ from those of a call that begins. */
    private long afterWait() {
        PcmState state = runtime.state();
        boolean capture = substream().isCapture();
        int allowed = PcmAction.TRANSFER_WAIT.check(state, capture);
        if (allowed < 0) {
            return allowed;
        }
        if (capture && state == PcmState.DRAINING) {
            // somebody else ends the recording: what has come until now is all
            PcmOperations.stop(substream(), PcmState.SETUP);
            transfer.stopHere();
            return 0;
        }
        if (transfer.mayGoOn()) {
            waited = false;
            return 0;
        }
        if (isExpired() && state != PcmState.PAUSED) {
            return Errno.EIO.negated();
        }
        return park(substream(), Patience.nanos(params));
    }

    private boolean isGone() {
        return file.gone() < 0
                || substream().runtime() != runtime
                || !params.equals(runtime.params);
    }

    private long writePiece() {
        long frames = Math.min(transfer.left(), user.pieceFrames());
        synchronized (lock()) {
            if (isGone()) {
                return Errno.EBADFD.negated();
            }
            int allowed = transfer.accessible();
            frames = Math.min(frames, transfer.avail());
            if (allowed < 0 || frames <= 0) {
                return Math.min(allowed, 0);
            }
        }
        user.travel(caller().scratch(), transfer.done());
        int copied = user.fetch(caller(), frames);
        return copied < 0 ? copied : moveAll(frames);
    }

    private long readPiece() {
        user.travel(caller().scratch(), transfer.done());
        long before = transfer.done();
        long answer = moveAll(Math.min(transfer.left(), user.pieceFrames()));
        long moved = transfer.done() - before;
        if (moved > 0) {
            int copied = user.deliver(caller(), moved);
            if (copied < 0) {
                synchronized (lock()) {
                    if (!isGone()) {
                        transfer.undo(moved);
                    }
                }
                return copied;
            }
        }
        return answer;
    }

    /** Moves up to {@code frames} between scratch and ring, in two pieces where the ring wraps. */
    private long moveAll(long frames) {
        synchronized (lock()) {
            if (isGone()) {
                return Errno.EBADFD.negated();
            }
            long movedAll = 0;
            while (movedAll < frames) {
                long moved = transfer.move(user, frames - movedAll);
                if (moved <= 0) {
                    return moved < 0 ? moved : movedAll;
                }
                movedAll += moved;
            }
            return movedAll;
        }
    }

    private long end(long answer) {
        long frames;
        synchronized (lock()) {
            if (isGone()) {
                long why = file.gone() < 0 ? file.gone() : answer;
                frames = transfer.done() > 0 ? transfer.done() : why;
            } else {
                frames = transfer.end(answer);
                substream().card().scheduleChanged();
            }
        }
        return result.hand(frames, resultAddress, caller(), params);
    }

    @Override
    long endEarly(int errno) {
        return end(errno);
    }

    /** Where a transfer's answer goes. */
    enum ResultPlace {
        /** Nowhere: read(2) and write(2) answer bytes. */
        BYTES,
        /** Into the struct of a 64-bit program, whatever it is. */
        STRUCT_64,
        /** Into the struct of a 32-bit program, if frames have gone. */
        STRUCT_32,
        /** The same, and the kernel's READN and WRITEN of such a program answer frames, too. */
        STRUCT_32_AND_RETURN;

        /** {@code result} stands first in both structs. */
        long hand(long frames, long address, PcmCaller caller, StreamParams params) {
            if (this == BYTES) {
                return frames > 0 ? params.bytes(frames) : frames;
            }
            boolean told = frames >= 0 || this == STRUCT_64;
            DataModel model = this == STRUCT_64 ? DataModel.LP64 : DataModel.ILP32;
            long written = told ? caller.scratch().putWord(caller, address, model, frames) : 0;
            if (written < 0) {
                return written;
            }
            return this == STRUCT_32_AND_RETURN ? frames : Math.min(frames, 0);
        }
    }
}
