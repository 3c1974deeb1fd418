/* abi-variants.c - every form of the buffer-sharing ABI, with its refusals.
 * usage: abi-variants /dev/snd/pcmC0D0p /dev/snd/hwC0D0
 * Prints one line for each thing tried: its name, and 0, a number or the errno's name. */
#include "pcm-common.h"

#define V1_DUP 0x40044105u
#define V4_DUP 0xC0044105u
#define EXPORT 0x80044170u
#define ATTACH 0x40044171u
#define DETACH 0x00004172u
#define SYNC 0x40086200u
#define SET_NAME_A 0x40046201u
#define SET_NAME_B 0x40086201u
#define QCOM 0xC01055D2u
#define RTK 0xC01041E4u

static int opened(const char *path) {
    int fd = open(path, O_RDWR | O_NONBLOCK);
    if (fd < 0) { printf("open %s: %s\n", path, strerror(errno)); exit(1); }
    return fd;
}
static void say(const char *what, int r) {
    printf("%s: %s\n", what, r < 0 ? ename(errno) : "ok");
}
static int configured(const char *path) {
    int fd = opened(path);
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, 8000, 1024, 4096);
    if (ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p) < 0) say("HW_PARAMS", -1);
    return fd;
}
static const char *link_of(int fd) {
    static char text[256];
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(path, text, sizeof text - 1);
    text[n < 0 ? 0 : n] = 0;
    return text;
}
static void dups(const char *dev) {
    int fd = configured(dev), arg = 0;
    say("v1 dup", ioctl(fd, V1_DUP, &arg));
    printf("v1 dup is %s, flags %o, cloexec %d\n", link_of(arg), fcntl(arg, F_GETFL) & ~0100000, fcntl(arg, F_GETFD));
    int version = 0;
    say("v1 dup PVERSION", ioctl(arg, SNDRV_PCM_IOCTL_PVERSION, &version));
    close(arg);
    arg = 1;
    say("v1 dup of mode 1", ioctl(fd, V1_DUP, &arg));
    say("v1 dup of nothing", ioctl(fd, V1_DUP, NULL));
    arg = 0;
    say("v4 dup FULL", ioctl(fd, V4_DUP, &arg));
    printf("v4 dup FULL is %s\n", link_of(arg));
    close(arg);
    arg = 2;
    say("v4 dup of mode 2", ioctl(fd, V4_DUP, &arg));
    say("v4 dup of nothing", ioctl(fd, V4_DUP, NULL));
    int before = dup(0);
    close(before);
    void *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say("v4 dup, argument cannot be written", ioctl(fd, V4_DUP, page));
    int after = dup(0);
    close(after);
    printf("descriptors leaked: %d\n", after - before);
    arg = 1;
    say("v4 dup BUFFER", ioctl(fd, V4_DUP, &arg));
    printf("v4 dup BUFFER is %s\n", link_of(arg));
    say("BUFFER PVERSION", ioctl(arg, SNDRV_PCM_IOCTL_PVERSION, &version));
    say("BUFFER write", write(arg, dev, 4));
    int again = 0;
    say("BUFFER v4 dup", ioctl(arg, V4_DUP, &again));
    say("BUFFER v1 dup", ioctl(arg, V1_DUP, &again));
    struct pollfd p = {arg, POLLIN | POLLOUT, 0};
    int ready = poll(&p, 1, 0);
    printf("BUFFER poll: %d %#x\n", ready, p.revents);
    void *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, arg, 0);
    say("BUFFER mmap of data", m == MAP_FAILED ? -1 : 0);
    say("BUFFER mmap of status", mmap(0, 4096, PROT_READ, MAP_SHARED, arg, 0x80000000u) == MAP_FAILED ? -1 : 0);
    int pair[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    char byte = 0, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec io = {&byte, 1};
    struct msghdr message = {0, 0, &io, 1, room, sizeof room, 0};
    pid_t child = fork();
    if (child == 0) {
        recvmsg(pair[1], &message, 0);
        int got;
        memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof got);
        char *data = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, got, 0);
        if (data == MAP_FAILED) _exit(1);
        strcpy(data, "from the child");
        _exit(ioctl(got, SNDRV_PCM_IOCTL_PVERSION, &version) < 0 && errno == ENOTTY ? 0 : 2);
    }
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof arg);
    memcpy(CMSG_DATA(c), &arg, sizeof arg);
    sendmsg(pair[0], &message, 0);
    int status;
    waitpid(child, &status, 0);
    printf("passed by SCM_RIGHTS: child %d, data \"%s\"\n", WEXITSTATUS(status), (char *)m);
    munmap(m, 16384);
    close(arg);
    close(fd);
}
static void share_buffers(const char *dev) {
    int fd = opened(dev), buffer = -1, other = -1;
    say("EXPORT before there is a ring", ioctl(fd, EXPORT, &buffer));
    close(fd);
    fd = configured(dev);
    say("EXPORT into nothing", ioctl(fd, EXPORT, NULL));
    say("EXPORT", ioctl(fd, EXPORT, &buffer));
    say("DETACH of none", ioctl(fd, DETACH));
    say("ATTACH of standard input", ioctl(fd, ATTACH, &(int){0}));
    say("ATTACH of nothing", ioctl(fd, ATTACH, NULL));
    say("ATTACH", ioctl(fd, ATTACH, &buffer));
    say("ATTACH twice", ioctl(fd, ATTACH, &buffer));
    uint64_t flags = 0 | 2;
    say("SYNC start of a write", ioctl(buffer, SYNC, &flags));
    char *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0);
    say("mmap of the buffer", m == MAP_FAILED ? -1 : 0);
    char *ring = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (m != MAP_FAILED && ring != MAP_FAILED) {
        strcpy(m, "one memory");
        printf("seen in the ring: \"%s\"\n", ring);
    }
    flags = 4 | 2;
    say("SYNC end of a write", ioctl(buffer, SYNC, &flags));
    flags = 0;
    say("SYNC of no access", ioctl(buffer, SYNC, &flags));
    flags = 64 | 1;
    say("SYNC of an unknown flag", ioctl(buffer, SYNC, &flags));
    say("SYNC from nothing", ioctl(buffer, SYNC, NULL));
    say("SET_NAME", ioctl(buffer, sizeof(long) == 8 ? SET_NAME_B : SET_NAME_A, "front"));
    say("SET_NAME too long", ioctl(buffer, sizeof(long) == 8 ? SET_NAME_B : SET_NAME_A, "a name that is far longer than allowed"));
    say("SET_NAME from nothing", ioctl(buffer, sizeof(long) == 8 ? SET_NAME_B : SET_NAME_A, NULL));
    say("PVERSION of a buffer", ioctl(buffer, SNDRV_PCM_IOCTL_PVERSION, &flags));
    say("EXPORT again", ioctl(fd, EXPORT, &other));
    close(other);
    munmap(m, 16384);
    munmap(ring, 16384);
    say("DETACH", ioctl(fd, DETACH));
    say("DETACH twice", ioctl(fd, DETACH));
    close(buffer);
    close(fd);
}
struct mmap_fd { int32_t dir, fd, size, actual_size; };
static void hwdep(const char *dev, const char *hw) {
    int node = opened(hw);
    struct mmap_fd a = {0, -1, 0, 0};
    say("Qualcomm with no stream", ioctl(node, QCOM, &a));
    int fd = configured(dev);
    say("Qualcomm", ioctl(node, QCOM, &a));
    printf("Qualcomm size %d of %d\n", a.size, a.actual_size);
    char *m = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, a.fd, 0);
    say("mmap of it", m == MAP_FAILED ? -1 : 0);
    struct mmap_fd wrong = {7, -1, 0, 0}, r = {0, -1, 0, 0};
    say("Qualcomm of direction 7", ioctl(node, QCOM, &wrong));
    say("Qualcomm into nothing", ioctl(node, QCOM, NULL));
    say("Realtek", ioctl(node, RTK, &r));
    uint64_t flags = 1;
    say("Realtek SYNC", ioctl(r.fd, SYNC, &flags));
    say("an unknown hwdep ioctl", ioctl(node, 0x40045511u, &r));
    close(fd);
    close(node);
}
int main(int argc, char **argv) {
    (void)argc;
    dups(argv[1]);
    share_buffers(argv[1]);
    hwdep(argv[1], argv[2]);
    return 0;
}
