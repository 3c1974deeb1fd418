/*
 * sharer WHAT TIMES - what it costs to share a buffer and to wait for a fence; prints a line
 *
 *     WHAT MIN P50 P99 MAX         nanoseconds, of which the first half is not counted
 *
 *   memfd    a memory file: dup, pass by SCM_RIGHTS, map, unmap, close; needs no sound device
 *   dup      the same with an anonymous dup of the ring (BUFFER)
 *   export   the same with a share buffer of the ring (DMABUF_EXPORT)
 *   pipe     from before a write to a pipe until another process has woken in poll; no sound device
 *   bracket  from before the end of an access until another process has woken in poll on its fence
 *   frame    from the instant at which a frame passes until its fence has woken poll
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sound/asound.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEVICE "/dev/snd/pcmC0D0p"
#define RATE 48000
#define PERIOD 1024
#define FRAMES 4096
#define BYTES (FRAMES * 4)

struct sync_file { uint32_t flags; int32_t fd; };
struct frame_fence { uint64_t frame; int32_t fd; uint32_t flags; };
#define DUP _IOWR('A', 0x05, int)
#define EXPORT _IOR('A', 0x70, int)
#define FRAME_FENCE _IOWR('A', 0x73, struct frame_fence)
#define SYNC _IOW('b', 0, uint64_t)
#define EXPORT_SYNC_FILE _IOWR('b', 2, struct sync_file)

static long long *taken;
static int device;

static int check(const char *what, int result) {
    if (result < 0) {
        fprintf(stderr, "sharer: %s: %s\n", what, strerror(errno));
        exit(1);
    }
    return result;
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void one_of(struct snd_pcm_hw_params *params, int mask, unsigned int bit) {
    struct snd_mask *m = &params->masks[mask - SNDRV_PCM_HW_PARAM_FIRST_MASK];
    memset(m, 0, sizeof *m);
    m->bits[bit / 32] = 1U << bit % 32;
}

static void exactly(struct snd_pcm_hw_params *params, int interval, unsigned int value) {
    struct snd_interval *i = &params->intervals[interval - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL];
    memset(i, 0, sizeof *i);
    i->min = i->max = value;
    i->integer = 1;
}

/* A stream that never stops by itself. */
static void open_device(void) {
    struct snd_pcm_hw_params hw;
    struct snd_pcm_sw_params sw;
    device = check(DEVICE, open(DEVICE, O_RDWR));
    memset(&hw, 0, sizeof hw);
    memset(hw.masks, 0xff, sizeof hw.masks);
    for (int i = 0; i <= SNDRV_PCM_HW_PARAM_LAST_INTERVAL - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL; i++) {
        hw.intervals[i].max = 0xffffffffU;
    }
    hw.rmask = 0xffffffffU;
    hw.info = 0xffffffffU;
    one_of(&hw, SNDRV_PCM_HW_PARAM_ACCESS, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED);
    one_of(&hw, SNDRV_PCM_HW_PARAM_FORMAT, SNDRV_PCM_FORMAT_S16_LE);
    exactly(&hw, SNDRV_PCM_HW_PARAM_CHANNELS, 2);
    exactly(&hw, SNDRV_PCM_HW_PARAM_RATE, RATE);
    exactly(&hw, SNDRV_PCM_HW_PARAM_PERIOD_SIZE, PERIOD);
    exactly(&hw, SNDRV_PCM_HW_PARAM_BUFFER_SIZE, FRAMES);
    check("HW_PARAMS", ioctl(device, SNDRV_PCM_IOCTL_HW_PARAMS, &hw));
    memset(&sw, 0, sizeof sw);
    sw.period_step = 1;
    sw.avail_min = PERIOD;
    sw.start_threshold = FRAMES;
    sw.proto = SNDRV_PCM_VERSION;
    sw.tstamp_type = SNDRV_PCM_TSTAMP_TYPE_MONOTONIC;
    sw.stop_threshold = 1;
    check("SW_PARAMS", ioctl(device, SNDRV_PCM_IOCTL_SW_PARAMS, &sw));
    sw.stop_threshold = sw.boundary;
    check("SW_PARAMS", ioctl(device, SNDRV_PCM_IOCTL_SW_PARAMS, &sw));
    check("PREPARE", ioctl(device, SNDRV_PCM_IOCTL_PREPARE));
}

static void send_fd(int to, int fd) {
    char byte = 0;
    union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(int))]; } control = {{0}};
    struct iovec io = {&byte, 1};
    struct msghdr message = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    check("sendmsg", sendmsg(to, &message, 0));
}

static int receive_fd(int from) {
    char byte;
    int fd;
    union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(int))]; } control = {{0}};
    struct iovec io = {&byte, 1};
    struct msghdr message = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    if (recvmsg(from, &message, 0) <= 0) {
        exit(0);
    }
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}

static int by_memfd(void) {
    static int memory = -1;
    if (memory < 0) {
        memory = check("memfd_create", memfd_create("memory", MFD_CLOEXEC));
        check("ftruncate", ftruncate(memory, BYTES));
    }
    return fcntl(memory, F_DUPFD_CLOEXEC, 0);
}

static int by_dup(void) {
    int fd = 1;
    return ioctl(device, DUP, &fd) < 0 ? -1 : fd;
}

static int by_export(void) {
    int fd;
    return ioctl(device, EXPORT, &fd) < 0 ? -1 : fd;
}

/* Passed and mapped in the same process, so that no wake-up is in it. */
static void pass(int (*make)(void), int times) {
    int both[2];
    check("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, both));
    for (int i = 0; i < times; i++) {
        long long from = now();
        int fd = check("a descriptor", make());
        send_fd(both[0], fd);
        int got = receive_fd(both[1]);
        char *memory = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, got, 0);
        if (memory == MAP_FAILED) {
            check("mmap", -1);
        }
        taken[i] = now() - from;
        munmap(memory, BYTES);
        close(got);
        close(fd);
    }
}

/* Another process polls what it is sent, and says when it has woken. */
static void woken(int socket) {
    for (;;) {
        int fd = receive_fd(socket);
        struct pollfd p = {.fd = fd, .events = POLLIN};
        check("write", (int)write(socket, "p", 1));
        poll(&p, 1, -1);
        long long at = now();
        check("write", (int)write(socket, &at, sizeof at));
        close(fd);
    }
}

static void wake(int fences, int times) {
    int both[2], buffer = fences ? check("EXPORT", by_export()) : -1;
    check("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, both));
    if (fork() == 0) {
        close(both[0]);
        woken(both[1]);
    }
    close(both[1]);
    for (int i = 0; i < times; i++) {
        uint64_t begin = 2, end = 2 | 4;
        struct sync_file fence = {1, -1};
        int ends[2] = {-1, -1};
        char byte;
        long long at, from;
        if (fences) {
            check("begin", ioctl(buffer, SYNC, &begin));
            check("EXPORT_SYNC_FILE", ioctl(buffer, EXPORT_SYNC_FILE, &fence));
        } else {
            check("pipe", pipe(ends));
            fence.fd = ends[0];
        }
        send_fd(both[0], fence.fd);
        check("read", (int)read(both[0], &byte, 1));
        usleep(200); /* so that it sleeps in poll */
        from = now();
        if (fences) {
            check("end", ioctl(buffer, SYNC, &end));
        } else {
            check("write", (int)write(ends[1], "x", 1));
        }
        check("read", (int)read(both[0], &at, sizeof at));
        taken[i] = at - from;
        close(fence.fd);
        close(ends[1]);
    }
    close(both[0]);
    wait(NULL);
}

/* A frame of every 5 ms or so, none of them the end of a period. */
static void frame(int times) {
    struct snd_pcm_status status;
    check("START", ioctl(device, SNDRV_PCM_IOCTL_START));
    check("STATUS", ioctl(device, SNDRV_PCM_IOCTL_STATUS, &status));
    long long started = status.trigger_tstamp.tv_sec * 1000000000LL + status.trigger_tstamp.tv_nsec;
    for (int i = 0; i < times; i++) {
        uint64_t target = (uint64_t)((now() - started) * RATE / 1000000000LL) + 251;
        struct frame_fence fence = {target, -1, 0};
        check("FRAME_FENCE", ioctl(device, FRAME_FENCE, &fence));
        struct pollfd p = {.fd = fence.fd, .events = POLLIN};
        poll(&p, 1, -1);
        taken[i] = now() - (started + (long long)target * 1000000000LL / RATE);
        close(fence.fd);
    }
}

static int compare(const void *a, const void *b) {
    long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    const char *what = argc > 2 ? argv[1] : "";
    int times = argc > 2 ? atoi(argv[2]) : 0;
    if (times < 4) {
        fprintf(stderr, "usage: sharer memfd|dup|export|pipe|bracket|frame TIMES\n");
        return 2;
    }
    taken = calloc((size_t)times, sizeof *taken);
    int plain = !strcmp(what, "memfd") || !strcmp(what, "pipe");
    if (!plain) {
        open_device();
    }
    if (!strcmp(what, "memfd")) {
        pass(by_memfd, times);
    } else if (!strcmp(what, "dup")) {
        pass(by_dup, times);
    } else if (!strcmp(what, "export")) {
        pass(by_export, times);
    } else if (!strcmp(what, "frame")) {
        frame(times);
    } else {
        wake(!plain, times);
    }
    long long *counted = taken + times / 2;
    int count = times - times / 2;
    qsort(counted, (size_t)count, sizeof *counted, compare);
    printf("%s %lld %lld %lld %lld\n", what, counted[0], counted[count / 2], counted[count * 99 / 100],
           counted[count - 1]);
    return 0;
}
