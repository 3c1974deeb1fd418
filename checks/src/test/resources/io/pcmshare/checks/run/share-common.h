/* share-common.h - share buffers and fences by number, no library and no header newer than Linux 5. */
#ifndef SHARE_COMMON_H
#define SHARE_COMMON_H
#include "pcm-common.h"
#include <sys/un.h>

#define EXPORT _IOR('A', 0x70, int)
#define ATTACH _IOW('A', 0x71, int)
#define DETACH _IO('A', 0x72)
struct frame_fence { uint64_t frame; int32_t fd; uint32_t flags; };
#define FRAME_FENCE _IOWR('A', 0x73, struct frame_fence)

#define SYNC 0x40086200u
struct sync_file { uint32_t flags; int32_t fd; };
#define EXPORT_SYNC_FILE _IOWR('b', 2, struct sync_file)
#define IMPORT_SYNC_FILE _IOW('b', 3, struct sync_file)
enum { READ = 1, WRITE = 2, END = 4 };

struct merge { char name[32]; int32_t fd2, fence; uint32_t flags, pad; };
#define MERGE _IOWR('>', 3, struct merge)
struct fence_info { char obj_name[32], driver_name[32]; int32_t status; uint32_t flags; uint64_t timestamp_ns; };
struct file_info { char name[32]; int32_t status; uint32_t flags, num_fences, pad; uint64_t fences; };
#define FILE_INFO _IOWR('>', 4, struct file_info)
struct deadline { uint64_t nanos, pad; };
#define SET_DEADLINE _IOW('>', 5, struct deadline)

static inline void die(const char *what) {
    printf("FAILED %s: %s\n", what, ename(errno));
    exit(1);
}
static inline int checked(const char *what, int result) {
    if (result < 0) die(what);
    return result;
}
static inline int opened(const char *path) { return checked(path, open(path, O_RDWR)); }

static inline void configure(int fd, unsigned rate, unsigned period, unsigned buffer) {
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, rate, period, buffer);
    checked("HW_PARAMS", ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p));
    checked("PREPARE", ioctl(fd, SNDRV_PCM_IOCTL_PREPARE));
}
/* The two pointers; sets appl_ptr where it is not negative. */
static inline struct snd_pcm_sync_ptr pointers(int fd, long appl) {
    struct snd_pcm_sync_ptr s = {.flags = SNDRV_PCM_SYNC_PTR_HWSYNC | SNDRV_PCM_SYNC_PTR_AVAIL_MIN | (appl < 0 ? SNDRV_PCM_SYNC_PTR_APPL : 0)};
    s.c.control.appl_ptr = appl < 0 ? 0 : appl;
    checked("SYNC_PTR", ioctl(fd, SNDRV_PCM_IOCTL_SYNC_PTR, &s));
    return s;
}
static inline int sync_buffer(int buffer, uint64_t flags) { return ioctl(buffer, SYNC, &flags); }
static inline int fence_of(int buffer, uint32_t flags) {
    struct sync_file f = {flags, -1};
    return ioctl(buffer, EXPORT_SYNC_FILE, &f) < 0 ? -1 : f.fd;
}
static inline int add_fence(int buffer, uint32_t flags, int fence) {
    struct sync_file f = {flags, fence};
    return ioctl(buffer, IMPORT_SYNC_FILE, &f);
}
/* 0 pending, 1 signalled, -1 failed: what any process sees of a fence */
static inline int wait_fence(int fence, int millis) {
    struct pollfd p = {fence, POLLIN, 0};
    int ready = poll(&p, 1, millis);
    return ready <= 0 ? ready : (p.revents & POLLIN) ? 1 : -1;
}
static inline void send_fd(int to, int fd) {
    char byte = 0, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec io = {&byte, 1};
    struct msghdr m = {0, 0, &io, 1, room, sizeof room, 0};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    checked("sendmsg", sendmsg(to, &m, 0));
}
static inline int receive_fd(int from) {
    char byte, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec io = {&byte, 1};
    struct msghdr m = {0, 0, &io, 1, room, sizeof room, 0};
    int fd = -1;
    if (recvmsg(from, &m, 0) <= 0) return -1;
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
    return fd;
}
static inline void pair(int both[2]) { checked("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, both)); }
#endif
