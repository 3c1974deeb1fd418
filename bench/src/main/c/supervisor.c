/*
 * supervisor PROGRAM [ARGUMENT...] - the yardstick of bench/supervision: serves one playback device
 * with the least that a supervisor needs, and nothing behind it. Its calls are those of 'pcmshare
 * run': seccomp user notification, a pipe end as the descriptor, the inode that says which open file
 * a call is about, the program's memory copied in and out while the call certainly waits.
 *
 * Linux 5.14, x86-64 or aarch64. Man page: seccomp_unotify(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sound/asound.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS /* Linux 6.6 */
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP 1UL
#endif

#define DEVICE "/dev/snd/pcmC0D0p"
#define FRAME_BYTES 4

static int listener;
static ino_t device; /* 0: not open */

static void die(const char *what) {
    fprintf(stderr, "supervisor: %s: %s\n", what, strerror(errno));
    exit(125);
}

/* Notifies of openat, and of ioctl of type 'A'. */
static int install_filter(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff00),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 'A' << 8, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) die("PR_SET_NO_NEW_PRIVS");
    return (int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
                        SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* The listener is taken out of the child, which may not send it: that would be a call to serve. */
static pid_t start(char **argv) {
    int number[2], taken[2], there;
    char byte = 0;
    if (pipe2(number, O_CLOEXEC) || pipe2(taken, O_CLOEXEC)) die("pipe2");
    pid_t pid = fork();
    if (pid < 0) die("fork");
    if (pid == 0) {
        there = install_filter();
        if (write(number[1], &there, sizeof there) != sizeof there
            || read(taken[0], &byte, 1) != 1) {
            _exit(125);
        }
        execvp(argv[0], argv);
        _exit(127);
    }
    if (read(number[0], &there, sizeof there) != sizeof there || there < 0) die("seccomp");
    int process = (int)syscall(__NR_pidfd_open, pid, 0);
    listener = (int)syscall(__NR_pidfd_getfd, process, there, 0);
    if (listener < 0) die("pidfd_getfd");
    __u64 flags = SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP;
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, flags); /* before 6.6: slower */
    if (write(taken[1], &byte, 1) != 1) die("write");
    close(process);
    return pid;
}

static int is_valid(const struct seccomp_notif *call) {
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &call->id) == 0;
}

/* 0, or -EFAULT */
static int copy_in(const struct seccomp_notif *call, __u64 from, void *to, size_t bytes) {
    struct iovec local = {to, bytes}, remote = {(void *)from, bytes};
    ssize_t copied = process_vm_readv((pid_t)call->pid, &local, 1, &remote, 1, 0);
    return copied == (ssize_t)bytes && is_valid(call) ? 0 : -EFAULT;
}

static int copy_out(const struct seccomp_notif *call, __u64 to, void *from, size_t bytes) {
    struct iovec local = {from, bytes}, remote = {(void *)to, bytes};
    if (!is_valid(call)) return -EFAULT;
    ssize_t copied = process_vm_writev((pid_t)call->pid, &local, 1, &remote, 1, 0);
    return copied == (ssize_t)bytes ? 0 : -EFAULT;
}

/* Which file the program's descriptor is of. */
static ino_t inode_of(const struct seccomp_notif *call) {
    char path[64];
    struct statx status;
    snprintf(path, sizeof path, "/proc/%u/fd/%d", call->pid, (int)call->data.args[0]);
    return statx(AT_FDCWD, path, 0, STATX_BASIC_STATS, &status) ? 0 : status.stx_ino;
}

static void answer(const struct seccomp_notif *call, int result, __u32 flags) {
    struct seccomp_notif_resp response = {.id = call->id, .flags = flags};
    if (result < 0) {
        response.error = result;
    } else {
        response.val = result;
    }
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response); /* ENOENT: the caller is gone */
}

/* Our device is the write end of a pipe; everything else the kernel opens. */
static void serve_open(const struct seccomp_notif *call, int epoll) {
    char path[sizeof DEVICE] = "";
    copy_in(call, call->data.args[1], path, sizeof path);
    if (memcmp(path, DEVICE, sizeof path) != 0) {
        answer(call, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
        return;
    }
    int ends[2];
    struct stat status;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) || fstat(ends[0], &status)) die("pipe2");
    struct epoll_event event = {.events = 0, .data.fd = ends[0]};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event)) die("epoll_ctl");
    device = status.st_ino;
    struct seccomp_notif_addfd add = {
        .id = call->id, .flags = SECCOMP_ADDFD_FLAG_SEND, .srcfd = (__u32)ends[1]};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add) < 0) die("ADDFD");
    close(ends[1]);
}

/* Nothing is behind the answers: a request's structure comes in and goes back as it is. */
static int serve_pcm(const struct seccomp_notif *call) {
    static union {
        char bytes[1024];
        struct snd_xferi transfer;
    } structure;
    static char samples[1 << 16];
    unsigned int request = (unsigned int)call->data.args[1];
    __u64 argument = call->data.args[2];
    int version = SNDRV_PCM_VERSION;
    size_t bytes = _IOC_SIZE(request);
    switch (request) {
        case SNDRV_PCM_IOCTL_PVERSION:
            return copy_out(call, argument, &version, sizeof version);
        case SNDRV_PCM_IOCTL_WRITEI_FRAMES:
            if (copy_in(call, argument, &structure, bytes)) return -EFAULT;
            if (structure.transfer.frames > sizeof samples / FRAME_BYTES) return -EINVAL;
            if (copy_in(call, (__u64)structure.transfer.buf, samples,
                        structure.transfer.frames * FRAME_BYTES)) {
                return -EFAULT;
            }
            structure.transfer.result = (snd_pcm_sframes_t)structure.transfer.frames;
            return copy_out(call, argument, &structure, bytes);
        default:
            if (_IOC_DIR(request) & _IOC_WRITE && copy_in(call, argument, &structure, bytes)) {
                return -EFAULT;
            }
            return _IOC_DIR(request) & _IOC_READ ? copy_out(call, argument, &structure, bytes) : 0;
    }
}

static void serve(int epoll) {
    struct seccomp_notif call;
    memset(&call, 0, sizeof call);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call)) return; /* the caller is gone */
    if (call.data.nr == __NR_openat) {
        serve_open(&call, epoll);
    } else if (device != 0 && inode_of(&call) == device) {
        answer(&call, serve_pcm(&call), 0);
    } else {
        answer(&call, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: supervisor PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    pid_t pid = start(argv + 1);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event)) die("epoll_ctl");
    for (;;) {
        int ready = epoll_wait(epoll, &event, 1, -1);
        if (ready < 0 && errno != EINTR) die("epoll_wait");
        if (ready <= 0) continue;
        if (event.data.fd != listener) {
            close(event.data.fd); /* the program has closed the device */
            device = 0;
        } else if (event.events & EPOLLIN) {
            serve(epoll);
        } else {
            break; /* EPOLLHUP: nobody is left */
        }
    }
    int status;
    if (waitpid(pid, &status, 0) != pid) die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
