/* thread-2019.c - the 22 things that the alsa-devel thread of 2019 names, each a line that bears its number.
 * usage: thread-2019 /dev/snd/pcmC0D0p /dev/snd/pcmC0D0c      with one substream for each direction
 * What a line says is what was seen, in a form that does not depend on time. */
#include "pcm-common.h"
#include <sys/un.h>

#define V1_DUP 0x40044105u
#define V4_DUP 0xC0044105u
#define EXPORT 0x80044170u
#define ATTACH 0x40044171u
#define DETACH 0x00004172u
#define SYNC 0x40086200u
#define EXPORT_SYNC_FILE 0xC0086202u
#define GROUPS(mask) ((int)(0x80000000u | (mask)))

static const char *playback, *capture;

static int opened(const char *path, int flags) {
    return open(path, O_RDWR | O_NONBLOCK | flags);
}
static int configure(int fd) {
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, 8000, 1024, 4096);
    return ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p);
}
static int configured(const char *path) {
    int fd = opened(path, 0);
    if (fd < 0 || configure(fd) < 0) { printf("%s: %s\n", path, ename(errno)); exit(1); }
    return fd;
}
static int dup_as(int fd, int mode) {
    int word = mode;
    return ioctl(fd, V4_DUP, &word) < 0 ? -1 : word;
}
static const char *link_of(int fd) {
    static char text[64];
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(path, text, sizeof text - 1);
    text[n < 0 ? 0 : n] = 0;
    return text;
}
static int state(int fd) {
    struct snd_pcm_status s = {0};
    return ioctl(fd, SNDRV_PCM_IOCTL_STATUS, &s) < 0 ? -1 : (int)s.state;
}
static int subdevice(int fd) {
    struct snd_pcm_info i = {0};
    return ioctl(fd, SNDRV_PCM_IOCTL_INFO, &i) < 0 ? -1 : (int)i.subdevice;
}
static void pass(int s, int fd) {
    char byte = 0, room[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec io = {&byte, 1};
    struct msghdr m = {0, 0, &io, 1, room, sizeof room, 0};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    sendmsg(s, &m, 0);
}
static int passed(int s) {
    char byte, room[CMSG_SPACE(sizeof(int))];
    struct iovec io = {&byte, 1};
    struct msghdr m = {0, 0, &io, 1, room, sizeof room, 0};
    int fd = -1;
    if (recvmsg(s, &m, 0) > 0 && CMSG_FIRSTHDR(&m)) memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
    return fd;
}
/* the exit status of what a child does with a descriptor that it is sent */
static int child_with(int fd, int (*does)(int)) {
    int pair[2], status;
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pid_t child = fork();
    if (child == 0) {
        close(pair[0]);
        close(fd); /* what it has, it was sent */
        _exit(does(passed(pair[1])));
    }
    close(pair[1]);
    pass(pair[0], fd);
    waitpid(child, &status, 0);
    close(pair[0]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
static int asks_state(int fd) { return state(fd) == SNDRV_PCM_STATE_PREPARED ? 0 : 1; }
static int writes_ring(int fd) {
    char *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (m == MAP_FAILED) return 1;
    strcpy(m, "written by the other");
    int version;
    return ioctl(fd, SNDRV_PCM_IOCTL_PVERSION, &version) < 0 && errno == ENOTTY ? 0 : 2;
}

static void number_1(void) {
    int fd = opened(playback, 0);
    struct stat s;
    printf("a node, opened: %s, a character device: %d\n", link_of(fd), fstat(fd, &s) == 0 && S_ISCHR(s.st_mode));
    close(fd);
}
static void number_2(void) {
    int fd = opened(playback, O_EXCL);
    printf("O_EXCL: %s; the next one: ", res(fd < 0 ? -1 : 0));
    printf("%s\n", res(opened(playback, O_EXCL)));
    close(fd);
}
static void number_3(void) {
    printf("O_APPEND of nothing: %s; ", res(opened(playback, O_APPEND)));
    int fd = configured(playback), again = opened(playback, O_APPEND);
    printf("of an open one: subdevice %d, state %s; configured again through it: %s\n", subdevice(again), sname(state(again)),
           res(configure(again)));
    close(again);
    close(fd);
}
static void number_4(void) {
    int fd = configured(playback), d = dup_as(fd, 0);
    printf("%s\n", link_of(d));
    close(d);
    close(fd);
}
static void number_5(void) {
    int fd = configured(playback), d = dup_as(fd, 0), plain = dup(fd);
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
    close(fd);
    int sent = child_with(d, asks_state), status;
    pid_t child = fork();
    if (child == 0) _exit(asks_state(plain));
    waitpid(child, &status, 0);
    close(plain);
    printf("sent %d, forked %d, then state %s; after the last close: ", sent, WEXITSTATUS(status), sname(state(d)));
    close(d);
    fd = opened(playback, 0);
    printf("%s\n", res(fd < 0 ? -1 : 0));
    close(fd);
}
static void number_6(void) {
    int fd = configured(playback);
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
    printf("passed on: %d (the audit log has a line)\n", child_with(fd, asks_state));
    close(fd);
}
static void number_7(void) {
    int fd = configured(playback), b = -1;
    printf("EXPORT: %s, ", res(ioctl(fd, EXPORT, &b)));
    printf("%s\n", link_of(b));
    close(b);
    close(fd);
}
static void number_8(void) {
    int p = configured(playback), c = configured(capture), a = -1, b = -1;
    ioctl(p, EXPORT, &a);
    ioctl(c, EXPORT, &b);
    char *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, b, 0);
    if (m != MAP_FAILED) strcpy(m, "the second");
    char *n = mmap(0, 16384, PROT_READ, MAP_SHARED, c, 0);
    printf("one of two buffers: \"%s\"\n", n == MAP_FAILED ? "?" : n);
    munmap(m, 16384);
    munmap(n, 16384);
    close(a); close(b); close(p); close(c);
}
static void number_9(void) {
    int fd = configured(playback);
    char *ring = mmap(0, 16384, PROT_READ, MAP_SHARED, fd, 0);
    int buffer = dup_as(fd, 1);
    int child = child_with(buffer, writes_ring);
    printf("a server passes a buffer: child %d, \"%s\"\n", child, ring);
    munmap(ring, 16384);
    close(buffer);
    close(fd);
}
static void number_10(void) {
    int fd = configured(playback), b = dup_as(fd, 1), version;
    printf("restricted: PVERSION %s, ", res(ioctl(b, SNDRV_PCM_IOCTL_PVERSION, &version)));
    printf("write %s, ", res(write(b, "abcd", 4)));
    printf("status page %s, ", mmap(0, 4096, PROT_READ, MAP_SHARED, b, 0x80000000u) == MAP_FAILED ? ename(errno) : "mapped");
    printf("wider dup %s\n", res(dup_as(b, 0)));
    close(b);
    close(fd);
}
static void number_11(void) {
    int fd = configured(playback), a = 0, b = 0;
    printf("January %s, ", res(ioctl(fd, V1_DUP, &a)));
    printf("February %s, ", res(ioctl(fd, V4_DUP, &b)));
    printf("both of subdevice %d and %d\n", subdevice(a), subdevice(b));
    close(a); close(b); close(fd);
}
static void number_12(void) {
    int fd = configured(playback), d = dup_as(fd, GROUPS(1 << 4 | 1 << 9)), e = dup_as(d, 0), version;
    printf("STATUS only: PREPARE %s, ", res(ioctl(d, SNDRV_PCM_IOCTL_PREPARE)));
    printf("PVERSION %s; a full dup of it: PREPARE ", res(ioctl(d, SNDRV_PCM_IOCTL_PVERSION, &version)));
    printf("%s, ", res(ioctl(e, SNDRV_PCM_IOCTL_PREPARE)));
    printf("PVERSION %s; of what it lacks: ", res(ioctl(e, SNDRV_PCM_IOCTL_PVERSION, &version)));
    printf("%s\n", res(dup_as(e, GROUPS(1 << 6))));
    close(d); close(e); close(fd);
}
static void number_13(void) {
    int fd = configured(playback), b = -1;
    ioctl(fd, EXPORT, &b);
    uint64_t write_access = 2, end = 4 | 2;
    struct { uint32_t flags; int32_t fd; } fence = {1, -1};
    printf("begin %s, ", res(ioctl(b, SYNC, &write_access)));
    int r = ioctl(b, EXPORT_SYNC_FILE, &fence);
    struct pollfd p = {fence.fd, POLLIN, 0};
    printf("fence %s, signalled %d; ", res(r), poll(&p, 1, 0));
    printf("end %s, ", res(ioctl(b, SYNC, &end)));
    printf("signalled %d\n", poll(&p, 1, 1000));
    close(fence.fd); close(b); close(fd);
}
static void number_14(void) {
    int p = configured(playback), c = configured(capture), b = -1;
    ioctl(c, EXPORT, &b);
    printf("another device's ring: ATTACH %s, ", res(ioctl(p, ATTACH, &b)));
    char *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, b, 0);
    if (m != MAP_FAILED) strcpy(m, "one ring");
    char *n = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, p, 0);
    printf("seen by the other: \"%s\", ", n == MAP_FAILED ? ename(errno) : n);
    munmap(m, 16384);
    munmap(n, 16384);
    printf("DETACH %s\n", res(ioctl(p, DETACH)));
    close(b); close(p); close(c);
}
static void number_15(void) {
    int p = configured(playback), c = configured(capture), b = -1;
    ioctl(c, EXPORT, &b);
    printf("attached by its own %s and by another %s; ", res(ioctl(c, ATTACH, &b)), res(ioctl(p, ATTACH, &b)));
    printf("detached %s, ", res(ioctl(p, DETACH)));
    printf("%s, ", res(ioctl(c, DETACH)));
    printf("once more: %s\n", res(ioctl(c, DETACH)));
    close(b); close(p); close(c);
}
static void number_16(void) {
    int fd = configured(playback), d = dup_as(fd, 0);
    long delay;
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
    printf("state %s, DELAY %s, ", sname(state(d)), res(ioctl(d, SNDRV_PCM_IOCTL_DELAY, &delay)));
    printf("HWSYNC %s\n", res(ioctl(d, SNDRV_PCM_IOCTL_HWSYNC)));
    close(d);
    close(fd);
}
static void number_17(void) {
    int fd = configured(playback), b = dup_as(fd, 1), s = -1;
    ioctl(fd, EXPORT, &s);
    printf("%s, ", link_of(b));
    printf("%s\n", link_of(s));
    close(b); close(s); close(fd);
}
static void number_18(void) {
    int fd = configured(playback), d = dup_as(fd, 0);
    char *data = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, d, 0);
    void *status = mmap(0, 4096, PROT_READ, MAP_SHARED, d, SNDRV_PCM_MMAP_OFFSET_STATUS_NEW);
    void *control = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, d, sizeof(long) == 8 ? SNDRV_PCM_MMAP_OFFSET_CONTROL_NEW : SNDRV_PCM_MMAP_OFFSET_CONTROL_OLD);
    int pages = (status != MAP_FAILED) + (sizeof(long) == 8 ? control != MAP_FAILED : 1);
    close(d);
    close(fd);
    strcpy(data, "still there");
    printf("pages %d, after the last close the mapping holds the stream: %s, \"%s\"; ", pages, res(opened(playback, 0)), data);
    munmap(data, 16384);
    munmap(status, 4096);
    if (control != MAP_FAILED) munmap(control, 4096);
    fd = opened(playback, 0);
    printf("then %s\n", res(fd < 0 ? -1 : 0));
    close(fd);
}
static void number_19(void) {
    int fd = configured(playback), d = dup_as(fd, 0);
    struct snd_pcm_status s;
    printf("the ABI of this program: STATUS %s\n", res(ioctl(d, SNDRV_PCM_IOCTL_STATUS, &s)));
    close(d);
    close(fd);
}
static void number_20(void) {
    int fd = configured(playback), d = dup_as(fd, 0), on = 1, kind = SNDRV_PCM_TSTAMP_TYPE_MONOTONIC, version = SNDRV_PCM_VERSION;
    struct snd_pcm_hw_params any;
    params_any(&any);
    printf("TSTAMP %s ", res(ioctl(d, SNDRV_PCM_IOCTL_TSTAMP, &on)));
    printf("TTSTAMP %s ", res(ioctl(d, SNDRV_PCM_IOCTL_TTSTAMP, &kind)));
    printf("USER_PVERSION %s ", res(ioctl(d, SNDRV_PCM_IOCTL_USER_PVERSION, &version)));
    printf("HW_REFINE %s ", res(ioctl(d, SNDRV_PCM_IOCTL_HW_REFINE, &any)));
    printf("PREPARE %s ", res(ioctl(d, SNDRV_PCM_IOCTL_PREPARE)));
    printf("RESET %s ", res(ioctl(d, SNDRV_PCM_IOCTL_RESET)));
    printf("HWSYNC %s ", res(ioctl(d, SNDRV_PCM_IOCTL_HWSYNC)));
    printf("HW_FREE %s ", res(ioctl(d, SNDRV_PCM_IOCTL_HW_FREE)));
    printf("HW_PARAMS %s\n", res(configure(d)));
    close(d);
    close(fd);
}
static void number_21(void) {
    int fd = configured(playback), a = dup_as(fd, 0);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    int b = dup_as(fd, 0);
    printf("O_CLOEXEC %d, O_APPEND %d, O_NONBLOCK %d and then %d\n", fcntl(a, F_GETFD) & FD_CLOEXEC, !!(fcntl(a, F_GETFL) & O_APPEND),
           !!(fcntl(a, F_GETFL) & O_NONBLOCK), !!(fcntl(b, F_GETFL) & O_NONBLOCK));
    close(a); close(b); close(fd);
}
#include <sys/resource.h>
static void number_22(void) {
    int fd = configured(playback), one = 1;
    printf("January with a mode: %s, ", res(ioctl(fd, V1_DUP, &one)));
    printf("no argument: %s, ", res(ioctl(fd, V4_DUP, NULL)));
    printf("unknown mode: %s, ", res(dup_as(fd, 7)));
    printf("empty mask: %s, ", res(dup_as(fd, GROUPS(0))));
    int d = dup_as(fd, GROUPS(1 << 6 | 1 << 9));
    printf("what the parent lacks: %s, ", res(dup_as(d, 1)));
    struct rlimit old, few;
    getrlimit(RLIMIT_NOFILE, &old);
    few = old;
    few.rlim_cur = 3; /* nothing above the standard three */
    setrlimit(RLIMIT_NOFILE, &few);
    printf("no number left: %s\n", res(dup_as(fd, 0)));
    setrlimit(RLIMIT_NOFILE, &old);
    close(d);
    close(fd);
}

int main(int argc, char **argv) {
    static void (*const all[])(void) = {number_1, number_2, number_3, number_4, number_5, number_6, number_7, number_8, number_9, number_10, number_11,
                                        number_12, number_13, number_14, number_15, number_16, number_17, number_18, number_19, number_20, number_21, number_22};
    if (argc != 3) return 2;
    playback = argv[1];
    capture = argv[2];
    for (int i = 0; i < 22; i++) {
        printf("%d: ", i + 1);
        fflush(stdout);
        all[i]();
        fflush(stdout);
    }
    return 0;
}
