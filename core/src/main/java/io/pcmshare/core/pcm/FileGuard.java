package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;

/**
 * What stands before every call of an open file: whether it is still open, whether its holder may
 * make the call, whether the state allows it. Threads: under the card's lock, unless it is said.
 */
abstract sealed class FileGuard permits PcmFile {
    final Substream substream;
    final IoctlSet allowed;
    private @Nullable TransferCall idleTransfer;
    private int closedErrno;
    private boolean closed;

    FileGuard(Substream substream, IoctlSet allowed) {
        this.substream = substream;
        this.allowed = allowed;
    }

    abstract PcmFile file();

    /** Any thread. */
    final Object lock() {
        return substream.card().lock();
    }

    final PcmRuntime runtime() {
        return substream.runtime();
    }

    final boolean isClosed() {
        return closed;
    }

    /** 0 while it is open, else what its calls answer. */
    final int gone() {
        return closed ? closedErrno : 0;
    }

    /** Any thread; idempotent. */
    final void close(Errno answer) {
        synchronized (lock()) {
            if (!closed) {
                closed = true;
                closedErrno = answer.negated();
                idleTransfer = null;
                substream.card().letGo(file());
                substream.detach();
            }
        }
    }

    /** Whether a call may be made now: 0 or a negated errno. */
    final int judge(PcmIoctl ioctl, PcmAction action) {
        if (closed) {
            return closedErrno;
        }
        if (!allowed.allows(ioctl)) {
            return Errno.ENOTTY.negated();
        }
        return action.check(runtime().state(), substream.isCapture());
    }

    /** Has a driver that is slow know what will be chosen. Any thread, without the lock. */
    final void foresee(HwParamSpace space) {
        if (!substream.ops().isSlow()) {
            return;
        }
        StreamParams params;
        synchronized (lock()) {
            params =
                    judge(PcmIoctl.HW_PARAMS, PcmAction.HW_PARAMS) < 0
                            ? null
                            : HwSetup.foresee(substream, runtime(), space.copy());
        }
        if (params != null) {
            substream.ops().foresee(params);
        }
    }

    /** Tells who keeps the card's time that it may have changed. */
    final int finish(int answer) {
        substream.card().scheduleChanged();
        return answer;
    }

    final long finish(long answer) {
        substream.card().scheduleChanged();
        return answer;
    }

    /** What a call does with the stream; no lambda that captures, so that none is made. */
    @FunctionalInterface
    interface Call {
        /** 0 or a negated errno. */
        int on(Substream s, PcmRuntime r);
    }

    /** Any thread. */
    final int call(PcmIoctl ioctl, PcmAction action, Call body) {
        synchronized (lock()) {
            int may = judge(ioctl, action);
            return may < 0 ? may : finish(body.on(substream, runtime()));
        }
    }

    /**
     * What the next transfer works with. Any thread.
     *
     * @return {@code null} before parameters were chosen
     */
    final @Nullable TransferCall takeTransfer(PcmCaller caller) {
        synchronized (lock()) {
            StreamParams params = closed ? null : runtime().params;
            if (params == null) {
                return null;
            }
            TransferCall idle = idleTransfer;
            idleTransfer = null;
            return idle != null && idle.serves(runtime(), params)
                    ? idle.serve(caller)
                    : new TransferCall(file(), caller, runtime(), params);
        }
    }

    /** A transfer is over, unless it waits. Any thread. */
    final void giveBack(TransferCall transfer, long answer) {
        if (answer != BlockingCall.PENDING) {
            synchronized (lock()) {
                idleTransfer = closed ? null : transfer;
            }
        }
    }
}
