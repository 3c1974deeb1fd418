/* narrow.c - makes narrower descriptors of a PCM device, and lets a child use one; see GrantsTest */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANONYMOUS_DUP _IOWR('A', 0x05, int)
#define PREPARE _IO('A', 0x40)
#define PVERSION _IOR('A', 0x00, int)

static int dup_of(int pcm, int mode) {
    int word = mode;
    return ioctl(pcm, ANONYMOUS_DUP, &word) < 0 ? -errno : word;
}

int main(int argc, char **argv) {
    int version, pcm = open(argv[1], O_RDWR);
    int some = dup_of(pcm, (int)(0x80000000u | 1 << 0 | 1 << 4));
    int ring = dup_of(pcm, 1);
    if (argc < 2 || pcm < 0 || some < 0 || ring < 0) return 1;
    printf("mode 77: %s\n", strerrorname_np(-dup_of(pcm, 77)));
    for (int i = 0; i < 2; i++) printf("PREPARE: %s\n", ioctl(some, PREPARE) < 0 ? strerrorname_np(errno) : "0");
    fflush(stdout);
    if (fork() == 0) {
        _exit(ioctl(pcm, PVERSION, &version) < 0 || system("cat /proc/asound/card0/pcm0p/sub0/grants") != 0);
    }
    int status;
    wait(&status);
    return status;
}
