package io.pcmshare.sys;

import static io.pcmshare.sys.ArgumentTest.argument;
import static io.pcmshare.sys.ArgumentTest.intArgument;
import static io.pcmshare.sys.Syscall.*;

import io.pcmshare.abi.Errno;

/**
 * The filter of {@link Sandbox}: an allow-list. A virtual machine needs these calls to compile,
 * collect, start threads and exit; a player needs those on descriptors it holds.
 */
final class SandboxProfile {
    private static final SeccompAction ALLOW = SeccompAction.allow();
    private static final SeccompAction EPERM = SeccompAction.errno(Errno.EPERM);
    private static final SeccompAction EACCES = SeccompAction.errno(Errno.EACCES);
    private static final SeccompAction ENOSYS = SeccompAction.errno(Errno.ENOSYS);

    /** Where a PCM's status and control pages begin; below it is the ring. */
    private static final long FIRST_PAGE_OFFSET = 0x80000000L;

    private static final int REQUEST_TYPE = 0xff00;
    private static final int TYPE_PCM = 'A' << 8;
    private static final int TYPE_DMA_BUF = 'b' << 8;

    private static final int CLONE_THREAD = 0x10000;

    /** CLONE_PIDFD, PTRACE, UNTRACED, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
    private static final int CLONE_BEYOND_THREADS = 0x7e823000;

    private static final int[] FCNTL_HARMLESS = {
        0, // F_DUPFD
        1, // F_GETFD
        2, // F_SETFD
        3, // F_GETFL
        4, // F_SETFL
        1030, // F_DUPFD_CLOEXEC
        1032, // F_GETPIPE_SZ
        1034, // F_GET_SEALS
    };

    private SandboxProfile() {}

    static BpfProgram create(int ownPid) {
        return BpfProgram.builder()
                .arch(Arch.current(), rules -> fill(rules, ownPid))
                .otherArch(SeccompAction.killProcess())
                .build();
    }

    private static void fill(BpfRules rules, int ownPid) {
        // waiting for the next period comes first, it is asked most often
        rules.answer(ALLOW, FUTEX, CLOCK_NANOSLEEP, CLOCK_GETTIME, SCHED_YIELD);
        descriptors(rules);
        memory(rules);
        threads(rules, ownPid);
        refusals(rules);
        rules.otherwise(EPERM);
    }

    private static void descriptors(BpfRules rules) {
        rules.answer(ALLOW, READ, READV, PREAD64, PREADV, WRITE, WRITEV, PWRITE64, PWRITEV);
        rules.answer(ALLOW, CLOSE, LSEEK, FSTAT, DUP, DUP2, DUP3, FTRUNCATE, TIMERFD_SETTIME);
        rules.answer(ALLOW, POLL, PPOLL, SELECT, PSELECT6);
        rules.answer(ALLOW, EPOLL_CTL, EPOLL_WAIT, EPOLL_PWAIT, EPOLL_PWAIT2);
        rules.answer(ALLOW, RECVMSG, RECVFROM, SENDMSG, SHUTDOWN);
        rules.answer(ALLOW, GETSOCKOPT, GETSOCKNAME, GETPEERNAME);
        rules.answerIf(ALLOW, SENDTO, argument(4).is(0)); // no destination but the peer
        for (int option : new int[] {SocketOptions.SO_RCVTIMEO, SocketOptions.SO_SNDTIMEO}) {
            rules.answerIf(
                    ALLOW,
                    SETSOCKOPT,
                    intArgument(1).is(SocketOptions.SOL_SOCKET),
                    intArgument(2).is(option));
        }
        for (int command : FCNTL_HARMLESS) {
            rules.answerIf(ALLOW, FCNTL, intArgument(1).is(command));
        }
        // the descriptor itself answers these: ENOTTY if it is nothing but a buffer
        rules.answerIf(ALLOW, IOCTL, intArgument(1).masked(REQUEST_TYPE).is(TYPE_PCM));
        rules.answerIf(ALLOW, IOCTL, intArgument(1).masked(REQUEST_TYPE).is(TYPE_DMA_BUF));
    }

    private static void memory(BpfRules rules) {
        ArgumentTest shared = argument(3).masked(Mapping.MAP_SHARED).is(Mapping.MAP_SHARED);
        rules.answerIf(EPERM, MMAP, shared, argument(5).isAtLeast(FIRST_PAGE_OFFSET));
        // code from a file; the compiler's own code is anonymous
        rules.answerIf(
                EPERM,
                MMAP,
                argument(2).masked(Mapping.PROT_EXEC).is(Mapping.PROT_EXEC),
                argument(3).masked(Mapping.MAP_ANONYMOUS).is(0));
        rules.answer(ALLOW, MMAP, MUNMAP, MPROTECT, MADVISE, MREMAP, BRK, MINCORE, MSYNC);
        rules.answer(ALLOW, MLOCK, MLOCK2, MUNLOCK, MEMBARRIER);
    }

    private static void threads(BpfRules rules, int ownPid) {
        rules.answerIf(
                ALLOW,
                CLONE,
                intArgument(0).masked(CLONE_THREAD | CLONE_BEYOND_THREADS).is(CLONE_THREAD));
        rules.answer(ENOSYS, CLONE3); // flags in memory; libc takes clone instead
        rules.answer(ALLOW, SET_ROBUST_LIST, SET_TID_ADDRESS, RSEQ, EXIT, EXIT_GROUP);
        rules.answer(ALLOW, RT_SIGACTION, RT_SIGPROCMASK, RT_SIGRETURN, RT_SIGPENDING);
        rules.answer(ALLOW, RT_SIGTIMEDWAIT, RT_SIGSUSPEND, SIGALTSTACK, PAUSE);
        rules.answerIf(ALLOW, TGKILL, intArgument(0).is(ownPid));
        rules.answer(ALLOW, FUTEX_WAITV, NANOSLEEP, RESTART_SYSCALL, CLOCK_GETRES);
        rules.answer(ALLOW, GETTIMEOFDAY, TIME, TIMES, GETCPU, SCHED_GETAFFINITY);
        rules.answer(ALLOW, SCHED_GETPARAM, SCHED_GETSCHEDULER);
        rules.answer(ALLOW, SCHED_GET_PRIORITY_MAX, SCHED_GET_PRIORITY_MIN);
        rules.answerIf(ALLOW, SCHED_SETAFFINITY, intArgument(0).is(0));
        rules.answer(ALLOW, GETPID, GETTID, GETPPID, GETUID, GETEUID, GETGID, GETEGID);
        rules.answer(ALLOW, GETRUSAGE, GETRLIMIT, SYSINFO, UNAME, GETRANDOM);
        rules.answerIf(ALLOW, PRLIMIT64, intArgument(0).is(0), argument(2).is(0));
        rules.answerIf(ALLOW, PRCTL, intArgument(0).is(Prctl.PR_SET_NAME));
        rules.answerIf(ALLOW, PRCTL, intArgument(0).is(Prctl.PR_GET_NAME));
        rules.answerIf(ALLOW, PRCTL, intArgument(0).is(Prctl.PR_SET_VMA));
    }

    /** Calls whose refusal is not EPERM: what takes a path says EACCES, as for a file's mode. */
    private static void refusals(BpfRules rules) {
        rules.answer(ENOSYS, IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER);
        rules.answer(EACCES, OPEN, OPENAT, OPENAT2, CREAT, TRUNCATE, GETCWD, CHDIR, STATFS);
        rules.answer(EACCES, STAT, LSTAT, NEWFSTATAT, STATX, ACCESS, FACCESSAT, FACCESSAT2);
        rules.answer(EACCES, READLINK, READLINKAT, LINK, LINKAT, SYMLINK, SYMLINKAT);
        rules.answer(EACCES, UNLINK, UNLINKAT, RENAME, RENAMEAT, RENAMEAT2);
        rules.answer(EACCES, MKDIR, MKDIRAT, RMDIR, MKNOD, MKNODAT);
        rules.answer(EACCES, CHMOD, FCHMODAT, CHOWN, LCHOWN, FCHOWNAT, UTIME, UTIMENSAT);
        rules.answer(EACCES, SETXATTR, GETXATTR, LISTXATTR, REMOVEXATTR);
    }
}
