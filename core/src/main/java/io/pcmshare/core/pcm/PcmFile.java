package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwParamSpace;

import java.util.function.LongSupplier;

/**
 * An open file of a PCM device: what a program holds. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_file}.
 *
 * <p>Several files may share a substream; then they share its parameters, state and pointers. Calls
 * answer as the kernel does, with 0 or a negated errno. Threads: any.
 */
public final class PcmFile implements AutoCloseable {
    private final Substream substream;
    private final IoctlSet allowed;
    private volatile OpenFlags flags;
    private volatile boolean used32Bit;
    private int closedErrno;
    private boolean closed;

    PcmFile(Substream substream, OpenFlags flags, IoctlSet allowed) {
        this.substream = substream;
        this.flags = flags;
        this.allowed = allowed;
    }

    /** The substream behind it. */
    public Substream substream() {
        return substream;
    }

    /** How it was opened, and what {@code F_SETFL} made of that. */
    public OpenFlags flags() {
        return flags;
    }

    /** Sets {@code O_NONBLOCK}, as {@code F_SETFL} does. */
    public void nonblock(boolean nonblock) {
        flags = flags.withNonblock(nonblock);
    }

    /** The calls it may make. */
    public IoctlSet allowed() {
        return allowed;
    }

    /**
     * Another file of the same substream that may at most what this one may. Kernel: the {@code
     * SNDRV_PCM_IOCTL_ANONYMOUS_DUP} series of 2019, never merged.
     *
     * @throws PcmOpenException {@code EBADFD} when this file is closed
     */
    public PcmFile dup(IoctlSet narrower) throws PcmOpenException {
        synchronized (lock()) {
            if (closed) {
                throw new PcmOpenException(Errno.EBADFD, "dup of a closed file");
            }
            substream.attach();
            OpenFlags inherited = flags.withAppend();
            return new PcmFile(substream, inherited, allowed.and(narrower));
        }
    }

    /**
     * Answers an ioctl as the kernel does: arguments are read from the caller's memory and written
     * back there.
     *
     * @param request its number, in the caller's data model
     * @param argument an address, or for some a value
     * @return 0 or a result; a negated errno; or {@link BlockingCall#PENDING}, and then {@link
     *     PcmCaller#ready} tells when the call goes on
     */
    public long ioctl(int request, long argument, PcmCaller caller) {
        if (caller.is32Bit()) {
            used32Bit = true;
        }
        return PcmIoctls.ioctl(this, request, argument, caller);
    }

    /** write(2); answers as {@link #ioctl}, with bytes. */
    public long write(long address, long bytes, PcmCaller caller) {
        return FileCalls.bytes(this, caller, address, bytes, true);
    }

    /** read(2); answers as {@link #ioctl}, with bytes. */
    public long read(long address, long bytes, PcmCaller caller) {
        return FileCalls.bytes(this, caller, address, bytes, false);
    }

    boolean used32Bit() {
        return used32Bit;
    }

    /** Narrows a space to what the device can do; on a negated errno the space is in between. */
    public int hwRefine(HwParamSpace space) {
        return call(
                PcmIoctl.HW_REFINE, PcmAction.HW_REFINE, r -> substream.refinement().refine(space));
    }

    /**
     * Chooses the hardware parameters and allocates the ring; on success the space holds the
     * choice.
     */
    public int hwParams(HwParamSpace space) {
        return hwParams(space, PcmRuntime.LONG_MAX_LP64);
    }

    /** For a program whose largest signed number is {@code wordMax}. */
    int hwParams(HwParamSpace space, long wordMax) {
        return call(
                PcmIoctl.HW_PARAMS,
                PcmAction.HW_PARAMS,
                r -> HwSetup.hwParams(substream, r, space, wordMax));
    }

    /** Gives the hardware parameters up. */
    public int hwFree() {
        return call(PcmIoctl.HW_FREE, PcmAction.HW_FREE, r -> HwSetup.hwFree(substream, r));
    }

    /** Sets the software parameters. */
    public int swParams(SoftwareParams params) {
        return call(
                PcmIoctl.SW_PARAMS,
                PcmAction.SW_PARAMS,
                r -> SwSetup.swParams(substream, r, params));
    }

    /** The software parameters in force. */
    public SoftwareParams currentSwParams() {
        synchronized (lock()) {
            return SwSetup.current(substream.runtime());
        }
    }

    /** Makes ready to start. */
    public int prepare() {
        return call(
                PcmIoctl.PREPARE,
                PcmAction.PREPARE,
                r -> {
                    substream.nonblock(flags.nonblock());
                    return PcmOperations.prepare(substream);
                });
    }

    /** Forgets what is queued. */
    public int reset() {
        return call(PcmIoctl.RESET, PcmAction.RESET, r -> PcmOperations.reset(substream));
    }

    /** Starts; {@code EPIPE} when playback has nothing to play. */
    public int start() {
        return call(PcmIoctl.START, PcmAction.START, r -> PcmOperations.start(substream));
    }

    /** Stops at once. */
    public int drop() {
        return call(PcmIoctl.DROP, PcmAction.DROP, r -> PcmOperations.drop(substream));
    }

    /**
     * Begins to stop when everything queued was heard, and answers without waiting; the state says
     * when it is over: {@code SETUP}.
     */
    public int drainStart() {
        return call(PcmIoctl.DRAIN, PcmAction.DRAIN, r -> PcmOperations.drainInit(substream));
    }

    /** Pauses; {@code ENOSYS} on a device that cannot. */
    public int pause() {
        return call(PcmIoctl.PAUSE, PcmAction.STATUS, r -> PcmOperations.pause(substream, true));
    }

    /** Goes on after a pause. */
    public int pauseRelease() {
        return call(PcmIoctl.PAUSE, PcmAction.STATUS, r -> PcmOperations.pause(substream, false));
    }

    /** Stops as if the client had been too late. */
    public int xrun() {
        return call(
                PcmIoctl.XRUN,
                PcmAction.XRUN,
                r -> r.state() == PcmState.XRUN ? 0 : PcmOperations.stop(substream, PcmState.XRUN));
    }

    /** Goes on after a suspend; {@code ENOSYS} on a device that cannot. */
    public int resume() {
        return call(PcmIoctl.RESUME, PcmAction.RESUME, r -> PcmOperations.resume(substream));
    }

    /** Binds another stream of the same card to this one: they start and stop together. */
    public int link(PcmFile other) {
        return call(PcmIoctl.LINK, PcmAction.STATUS, r -> Links.link(substream, other.substream));
    }

    /** Lets this stream go from those it is bound to. */
    public int unlink() {
        return call(PcmIoctl.UNLINK, PcmAction.STATUS, r -> Links.unlink(substream));
    }

    /** What poll(2) says: a mask of {@link PcmPoll}. */
    public int pollEvents() {
        synchronized (lock()) {
            return closed ? PcmPoll.POLLERR : PcmPoll.events(substream, substream.runtime());
        }
    }

    /** Brings the position up to the clock. */
    public int hwsync() {
        return call(
                PcmIoctl.HWSYNC,
                PcmAction.HWSYNC,
                r ->
                        r.isRunning(substream.isCapture())
                                ? Positions.update(substream, r, now())
                                : 0);
    }

    /**
     * Moves the client's pointer on without writing: what the ring holds there counts as written,
     * or as read.
     *
     * @return frames it moved, or a negated errno
     */
    public long forward(long frames) {
        return counted(
                allowed.allows(PcmIoctl.FORWARD), () -> PointerMoves.forward(substream, frames));
    }

    /** Moves the client's pointer back; answers as {@link #forward}. */
    public long rewind(long frames) {
        return counted(
                allowed.allows(PcmIoctl.REWIND), () -> PointerMoves.rewind(substream, frames));
    }

    /**
     * Sets the client's pointer, as {@code SYNC_PTR} does; {@code EINVAL} for one beyond the
     * boundary.
     */
    public int applPtr(long frames) {
        return call(PcmIoctl.SYNC_PTR, PcmAction.STATUS, r -> PointerMoves.set(r, frames));
    }

    /** The status now; the largest {@code avail} starts anew. */
    public StatusReport status() {
        synchronized (lock()) {
            // a closed file must not see whoever has the substream now
            return closed ? StatusReport.GONE : StatusReport.take(substream, substream.runtime());
        }
    }

    /**
     * Writes or reads frames, whichever the stream does, without waiting.
     *
     * @return frames, or a negated errno: {@code EAGAIN} when none would go
     */
    public long transfer(UserFrames user, long frames) {
        // READI and WRITEI are one operation, so either permission will do
        boolean may =
                allowed.allows(PcmIoctl.READI_FRAMES) || allowed.allows(PcmIoctl.WRITEI_FRAMES);
        return counted(may, () -> new Transfer(substream, frames).now(user));
    }

    /** A call that answers frames. */
    private long counted(boolean may, LongSupplier body) {
        synchronized (lock()) {
            if (closed) {
                return closedErrno;
            }
            return may ? finish(body.getAsLong()) : Errno.ENOTTY.negated();
        }
    }

    /** Tells who keeps the card's time that it may have changed. */
    private long finish(long answer) {
        substream.card().scheduleChanged();
        return answer;
    }

    /** The state, as the last look at the position left it. */
    public PcmState state() {
        synchronized (lock()) {
            return closed ? PcmState.DISCONNECTED : substream.runtime().state();
        }
    }

    /** The parameters in force; throws {@link IllegalStateException} before they were chosen. */
    public StreamParams params() {
        synchronized (lock()) {
            StreamParams params = substream.runtime().params;
            if (params == null) {
                throw new IllegalStateException("state=" + substream.runtime().state());
            }
            return params;
        }
    }

    /** The ring's geometry. */
    public RingGeometry geometry() {
        synchronized (lock()) {
            return substream.runtime().geometry;
        }
    }

    /** The hardware's pointer, as the last look at the position left it; frames. */
    public long hwPtr() {
        synchronized (lock()) {
            return substream.runtime().hwPtr();
        }
    }

    /** Card time at which the stream last started, monotonic nanoseconds. */
    public long startedNanos() {
        synchronized (lock()) {
            return substream.runtime().startedMonotonicNanos;
        }
    }

    /** The memory behind it. */
    public FileMemory memory() {
        return new FileMemory(substream);
    }

    /** Sets who is told of frames and changes of state, under the card's lock. */
    public void onWake(Runnable listener) {
        synchronized (lock()) {
            substream.onWake(listener);
        }
    }

    /** Parks a waiter until it says that it is done. */
    public void park(Waiter waiter) {
        synchronized (lock()) {
            if (!waiter.onChange()) {
                substream.park(waiter);
            }
        }
    }

    /** Takes a parked waiter away. */
    public void unpark(Waiter waiter) {
        synchronized (lock()) {
            substream.unpark(waiter);
        }
    }

    /** Takes it from its holder: it is closed, and its calls answer {@code ENODEV} from now on. */
    public void revoke() {
        close(Errno.ENODEV);
    }

    /** Closes; the last file of a substream stops and frees it. Idempotent. */
    @Override
    public void close() {
        close(Errno.EBADFD);
    }

    private void close(Errno answer) {
        synchronized (lock()) {
            if (!closed) {
                closed = true;
                closedErrno = answer.negated();
                substream.detach();
            }
        }
    }

    private Object lock() {
        return substream.card().lock();
    }

    private long now() {
        return substream.card().clock().monotonicNanos();
    }

    @FunctionalInterface
    private interface Call {
        int on(PcmRuntime r);
    }

    private int call(PcmIoctl ioctl, PcmAction action, Call body) {
        synchronized (lock()) {
            if (closed) {
                return closedErrno;
            }
            if (!allowed.allows(ioctl)) {
                return Errno.ENOTTY.negated();
            }
            PcmRuntime r = substream.runtime();
            int answer = action.check(r.state(), substream.isCapture());
            return answer < 0 ? answer : (int) finish(body.on(r));
        }
    }
}
