package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An open file of a PCM device: what a program holds. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm_file}.
 *
 * <p>Several files may share a substream; then they share its parameters, state and pointers. Calls
 * answer as the kernel does, with 0 or a negated errno. Threads: any.
 */
public final class PcmFile extends FileGuard implements AutoCloseable {
    private volatile OpenFlags flags;
    private volatile boolean used32Bit;

    PcmFile(Substream substream, OpenFlags flags, IoctlSet allowed) {
        super(substream, allowed);
        this.flags = flags;
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
            if (isClosed()) {
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
        return TransferIoctls.bytes(this, caller, address, bytes, true);
    }

    /** read(2); answers as {@link #ioctl}, with bytes. */
    public long read(long address, long bytes, PcmCaller caller) {
        return TransferIoctls.bytes(this, caller, address, bytes, false);
    }

    boolean used32Bit() {
        return used32Bit;
    }

    /** Narrows a space to what the device can do; on a negated errno the space is in between. */
    public int hwRefine(HwParamSpace space) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.HW_REFINE, PcmAction.HW_REFINE);
            return may < 0 ? may : substream.refinement().refine(space);
        }
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
        foresee(space);
        synchronized (lock()) {
            int may = judge(PcmIoctl.HW_PARAMS, PcmAction.HW_PARAMS);
            return may < 0 ? may : finish(HwSetup.hwParams(substream, runtime(), space, wordMax));
        }
    }

    /** Gives the hardware parameters up. */
    public int hwFree() {
        return call(PcmIoctl.HW_FREE, PcmAction.HW_FREE, HwSetup::hwFree);
    }

    /** Sets the software parameters. */
    public int swParams(SoftwareParams params) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.SW_PARAMS, PcmAction.SW_PARAMS);
            return may < 0 ? may : finish(SwSetup.swParams(substream, runtime(), params));
        }
    }

    /** The software parameters in force. */
    public SoftwareParams currentSwParams() {
        synchronized (lock()) {
            return SwSetup.current(substream.runtime());
        }
    }

    /** Makes ready to start. */
    public int prepare() {
        synchronized (lock()) {
            int may = judge(PcmIoctl.PREPARE, PcmAction.PREPARE);
            if (may < 0) {
                return may;
            }
            substream.nonblock(flags.nonblock());
            return finish(PcmOperations.prepare(substream));
        }
    }

    /** Forgets what is queued. */
    public int reset() {
        return call(PcmIoctl.RESET, PcmAction.RESET, (s, r) -> PcmOperations.reset(s));
    }

    /** Starts; {@code EPIPE} when playback has nothing to play. */
    public int start() {
        return call(PcmIoctl.START, PcmAction.START, (s, r) -> PcmOperations.start(s));
    }

    /** Stops at once. */
    public int drop() {
        return call(PcmIoctl.DROP, PcmAction.DROP, (s, r) -> PcmOperations.drop(s));
    }

    /**
     * Begins to stop when everything queued was heard, and answers without waiting; the state says
     * when it is over: {@code SETUP}.
     */
    public int drainStart() {
        return call(PcmIoctl.DRAIN, PcmAction.DRAIN, (s, r) -> PcmOperations.drainInit(s));
    }

    /** Pauses; {@code ENOSYS} on a device that cannot. */
    public int pause() {
        return call(PcmIoctl.PAUSE, PcmAction.STATUS, (s, r) -> PcmOperations.pause(s, true));
    }

    /** Goes on after a pause. */
    public int pauseRelease() {
        return call(PcmIoctl.PAUSE, PcmAction.STATUS, (s, r) -> PcmOperations.pause(s, false));
    }

    /** Stops as if the client had been too late. */
    public int xrun() {
        return call(
                PcmIoctl.XRUN,
                PcmAction.XRUN,
                (s, r) -> r.state() == PcmState.XRUN ? 0 : PcmOperations.stop(s, PcmState.XRUN));
    }

    /** Goes on after a suspend; {@code ENOSYS} on a device that cannot. */
    public int resume() {
        return call(PcmIoctl.RESUME, PcmAction.RESUME, (s, r) -> PcmOperations.resume(s));
    }

    /** Binds another stream of the same card to this one: they start and stop together. */
    public int link(PcmFile other) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.LINK, PcmAction.STATUS);
            return may < 0 ? may : finish(Links.link(substream, other.substream));
        }
    }

    /** Lets this stream go from those it is bound to. */
    public int unlink() {
        return call(PcmIoctl.UNLINK, PcmAction.STATUS, (s, r) -> Links.unlink(s));
    }

    /** What poll(2) says: a mask of {@link PcmPoll}. */
    public int pollEvents() {
        synchronized (lock()) {
            return isClosed() ? PcmPoll.POLLERR : PcmPoll.events(substream, substream.runtime());
        }
    }

    /** Brings the position up to the clock. */
    public int hwsync() {
        return call(PcmIoctl.HWSYNC, PcmAction.HWSYNC, Positions::sync);
    }

    /**
     * Moves the client's pointer on without writing: what the ring holds there counts as written,
     * or as read.
     *
     * @return frames it moved, or a negated errno
     */
    public long forward(long frames) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.FORWARD, PcmAction.STATUS);
            return may < 0 ? may : finish(PointerMoves.forward(substream, frames));
        }
    }

    /** Moves the client's pointer back; answers as {@link #forward}. */
    public long rewind(long frames) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.REWIND, PcmAction.STATUS);
            return may < 0 ? may : finish(PointerMoves.rewind(substream, frames));
        }
    }

    /**
     * Sets the client's pointer, as {@code SYNC_PTR} does; {@code EINVAL} for one beyond the
     * boundary.
     */
    public int applPtr(long frames) {
        synchronized (lock()) {
            int may = judge(PcmIoctl.SYNC_PTR, PcmAction.STATUS);
            return may < 0 ? may : finish(PointerMoves.set(runtime(), frames));
        }
    }

    /** The status now; the largest {@code avail} starts anew. */
    public StatusReport status() {
        StatusSample sample = new StatusSample();
        sample(sample);
        return sample.report();
    }

    /** The same, without making anything. */
    void sample(StatusSample sample) {
        synchronized (lock()) {
            if (isClosed()) {
                // a closed file must not see whoever has the substream now
                sample.gone();
            } else {
                sample.take(substream, runtime());
            }
        }
    }

    /**
     * Writes or reads interleaved frames, whichever the stream does, without waiting.
     *
     * @return frames, or a negated errno: {@code EAGAIN} when none would go, {@code EINVAL} on a
     *     stream whose channels lie apart
     */
    public long transfer(UserFrames user, long frames) {
        synchronized (lock()) {
            int may = judgeTransfer(PcmIoctl.READI_FRAMES, PcmIoctl.WRITEI_FRAMES);
            return may < 0 ? may : finish(runtime().javaTransfer(substream).now(user, frames));
        }
    }

    /**
     * Writes or reads the samples of channels that lie apart, without waiting.
     *
     * @param users one for each channel; {@code null} plays silence, or records to nowhere
     * @return as {@link #transfer}; {@code EINVAL} on an interleaved stream
     */
    public long transferChannels(List<? extends @Nullable UserFrames> users, long frames) {
        synchronized (lock()) {
            int may = judgeTransfer(PcmIoctl.READN_FRAMES, PcmIoctl.WRITEN_FRAMES);
            return may < 0 ? may : finish(runtime().javaTransfer(substream).now(users, frames));
        }
    }

    /** READ and WRITE are one operation, so either permission will do. */
    private int judgeTransfer(PcmIoctl read, PcmIoctl write) {
        return judge(allowed.allows(read) ? read : write, PcmAction.STATUS);
    }

    /** The state, as the last look at the position left it. */
    public PcmState state() {
        synchronized (lock()) {
            return isClosed() ? PcmState.DISCONNECTED : substream.runtime().state();
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

    /** The parameters in force; {@code null} before they were chosen, or once it is closed. */
    public @Nullable StreamParams paramsIfAny() {
        synchronized (lock()) {
            return isClosed() ? null : runtime().params;
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

    @Override
    PcmFile file() {
        return this;
    }
}
