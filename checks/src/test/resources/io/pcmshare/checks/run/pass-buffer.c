/* pass-buffer.c - a BUFFER dup that goes to a process which nobody supervises.
 * usage: pass-buffer receive SOCKET          outside; prints what it could do with it
 *        pass-buffer send DEVICE SOCKET      inside; prints what the other wrote into the ring */
#include "pcm-common.h"
#include <sys/un.h>

static int connected(const char *path, int listens) {
    struct sockaddr_un name = {AF_UNIX};
    strncpy(name.sun_path, path, sizeof name.sun_path - 1);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listens) {
        bind(s, (struct sockaddr *)&name, sizeof name);
        listen(s, 1);
        return accept(s, NULL, NULL);
    }
    while (connect(s, (struct sockaddr *)&name, sizeof name) < 0) usleep(10000);
    return s;
}
static char byte, room[CMSG_SPACE(sizeof(int))];
static struct iovec io = {&byte, 1};
static struct msghdr message = {0, 0, &io, 1, room, sizeof room, 0};

static void receive(int s) {
    recvmsg(s, &message, 0);
    int fd, version;
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    char *data = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (data != MAP_FAILED) strcpy(data, "written outside");
    printf("data: %s\n", data == MAP_FAILED ? ename(errno) : "ok");
    int r = ioctl(fd, SNDRV_PCM_IOCTL_PVERSION, &version);
    printf("ioctl: %s\n", r < 0 ? ename(errno) : "ok");
    struct pollfd p = {fd, POLLIN | POLLOUT, 0};
    r = poll(&p, 1, 0);
    printf("poll: %d %#x\n", r, p.revents);
    write(s, "d", 1);
}
static void send_to(const char *dev, int s) {
    int fd = open(dev, O_RDWR | O_NONBLOCK), arg = 1;
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, 8000, 1024, 4096);
    if (ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p) < 0) perror("HW_PARAMS");
    if (ioctl(fd, SNDRV_PCM_IOCTL_ANONYMOUS_DUP, &arg) < 0) perror("ANONYMOUS_DUP");
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof arg);
    memcpy(CMSG_DATA(c), &arg, sizeof arg);
    sendmsg(s, &message, 0);
    close(arg);
    read(s, &byte, 1);
    char *data = mmap(0, 16384, PROT_READ, MAP_SHARED, fd, 0);
    printf("in the ring: %s\n", data == MAP_FAILED ? ename(errno) : data);
}
int main(int argc, char **argv) {
    if (argc == 3) receive(connected(argv[2], 1));
    else send_to(argv[2], connected(argv[3], 0));
    return 0;
}
