package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

/**
 * Who makes an ioctl: its memory, its data model, its descriptors. Implemented by each front end,
 * one for each call or for each program.
 */
public interface PcmCaller extends UserMemory {
    /** Whether it is a 32-bit program: other numbers, other layouts, a smaller boundary. */
    boolean is32Bit();

    /** Memory to work in, of the thread that makes the call. */
    CallScratch scratch();

    /**
     * The PCM behind one of its descriptors.
     *
     * @return {@code null} where there is none
     */
    @Nullable PcmFile file(int descriptor);

    /**
     * Makes a narrower descriptor of a file.
     *
     * @param mode permission mode of the dup, as it was asked for
     * @param january whether it was asked for by the number of January 2019
     * @return the descriptor's number, installed and open; or a negated errno
     */
    long anonymousDup(PcmFile file, int mode, boolean january);

    /** Takes a descriptor back that {@link #anonymousDup} made, because its number got lost. */
    void withdraw(long descriptor);

    /**
     * Exports, attaches or detaches a share buffer.
     *
     * @param request {@code DMABUF_EXPORT}, {@code DMABUF_ATTACH} or {@code DMABUF_DETACH}
     * @param descriptor what was handed in
     * @return a descriptor's number or 0; or a negated errno
     */
    long shareBuffer(PcmFile file, PcmIoctl request, int descriptor);

    /**
     * Makes a fence of a stream's frames.
     *
     * @param frame all frames below it
     * @return a descriptor's number; or a negated errno, {@code ENOTTY} of who knows no fences
     */
    default long frameFence(PcmFile file, long frame) {
        return Errno.ENOTTY.negated();
    }

    /**
     * A call of this caller has to wait, so that a signal can end it. Called under the card's lock.
     */
    void parked(BlockingCall call);

    /**
     * A call of this caller that had to wait may go on: {@link BlockingCall#run} is to be called,
     * from any thread but this one. Called under the card's lock.
     */
    void ready(BlockingCall call);
}
