package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The supervisor's end of a filter that notifies. Man page: seccomp_unotify(2).
 *
 * <p>Owns: the listener; once it is closed, calls that wait and later ones fail with ENOSYS.
 * Threads: any may receive, each into its own notification, and any may answer. Nothing here
 * allocates; every answer is 0 or more, or errno negated. ENOENT is normal: the caller is gone,
 * what was done for it is to be undone.
 */
public final class SeccompNotify implements AutoCloseable {
    /** Wakes the caller on this processor: 10 us a round trip instead of 50. Linux 6.6. */
    public static final long SYNC_WAKE_UP = 1;

    // Kernel: uapi/linux/seccomp.h, SECCOMP_IOCTL_NOTIF_*
    static final int RECV = 0xc0502100;
    static final int SEND = 0xc0182101;
    static final int ID_VALID = 0x40082102;
    static final int ADDFD = 0x40182103;
    static final int SET_FLAGS = 0x40082104;

    private static final int ADDFD_FLAG_SETFD = 1;
    private static final int ADDFD_FLAG_SEND = 2;
    private static final int FLAG_CONTINUE = 1;

    private final Fd listener;
    private final boolean undisturbed;

    private SeccompNotify(Fd listener) {
        this.listener = listener;
        this.undisturbed = Seccomp.waitsKillable();
    }

    /**
     * Supervises through a listener of {@link Seccomp#installListener}, and owns it from now on.
     */
    public static SeccompNotify take(Fd listener) {
        return new SeccompNotify(listener);
    }

    /** Sets {@link #SYNC_WAKE_UP} or 0; EINVAL before Linux 6.6. */
    public int setFlags(long flags) {
        return Syscalls.ioctl(listener, SET_FLAGS, flags);
    }

    /**
     * Waits for the next call. Blocks for ever once the last filtered thread is gone: poll {@link
     * #fd()} first, and stop at POLLHUP.
     *
     * @return 0, or negated ENOENT if the caller was killed meanwhile
     */
    public int receive(SeccompNotification into) {
        return Syscalls.ioctl(listener, RECV, into.clear());
    }

    /** Whether the call still waits; ask after reading its memory and right before writing it. */
    public boolean isValid(long id) {
        MemorySegment word = Scratch.current().word;
        word.set(JAVA_LONG, 0, id);
        return Syscalls.ioctl(listener, ID_VALID, word.address()) == 0;
    }

    /**
     * Ends the call.
     *
     * @param result what it returns: 0 or more, or errno negated
     */
    public int answer(long id, long result) {
        NotifyAnswer answer = Scratch.current().answer;
        return result < 0
                ? Syscalls.ioctl(listener, SEND, answer.set(id, 0, (int) result, 0))
                : Syscalls.ioctl(listener, SEND, answer.set(id, result, 0, 0));
    }

    /** Lets the kernel make the call, with what its memory holds by then: never a judged path. */
    public int continueCall(long id) {
        NotifyAnswer answer = Scratch.current().answer;
        return Syscalls.ioctl(listener, SEND, answer.set(id, 0, 0, FLAG_CONTINUE));
    }

    /**
     * Gives the caller a duplicate of a descriptor; the call goes on waiting.
     *
     * @param descriptorFlags {@link Fd#O_CLOEXEC} or 0
     * @return its number there
     */
    public int addFd(long id, Fd source, int descriptorFlags) {
        return add(id, 0, source, 0, descriptorFlags);
    }

    /** Puts a duplicate at a number the caller may have in use; otherwise as {@link #addFd}. */
    public int replaceFd(long id, Fd source, int targetNumber, int descriptorFlags) {
        return add(id, ADDFD_FLAG_SETFD, source, targetNumber, descriptorFlags);
    }

    /**
     * Gives a duplicate and ends the call with its number: both, or neither unless the caller is
     * killed. Linux 5.14.
     *
     * <p>Not by ADDFD_FLAG_SEND where it can be helped: the kernel takes that answer as given, and
     * when a signal, such as that of Ctrl-Z, reaches us before the caller has taken the duplicate,
     * it withdraws the duplicate alone. The caller's open(2) then is 0, which is some other file.
     * Two steps need a caller that no signal disturbs between them: Linux 5.19.
     */
    public int addFdAndAnswer(long id, Fd source, int descriptorFlags) {
        return undisturbed
                ? answered(id, addFd(id, source, descriptorFlags))
                : add(id, ADDFD_FLAG_SEND, source, 0, descriptorFlags);
    }

    /** Puts a duplicate at a number and ends the call with it; as {@link #addFdAndAnswer}. */
    public int replaceFdAndAnswer(long id, Fd source, int targetNumber, int descriptorFlags) {
        int both = ADDFD_FLAG_SETFD | ADDFD_FLAG_SEND;
        return undisturbed
                ? answered(id, replaceFd(id, source, targetNumber, descriptorFlags))
                : add(id, both, source, targetNumber, descriptorFlags);
    }

    private int answered(long id, int number) {
        int ended = number < 0 ? number : answer(id, number);
        return ended < 0 ? ended : number;
    }

    private int add(long id, int flags, Fd source, int target, int descriptorFlags) {
        NotifyAddFd request = Scratch.current().addFd;
        return Syscalls.ioctl(
                listener, ADDFD, request.set(id, flags, source.number(), target, descriptorFlags));
    }

    /** The listener, readable when a call waits; borrowed. */
    public Fd fd() {
        return listener;
    }

    @Override
    public void close() {
        listener.close();
    }
}
