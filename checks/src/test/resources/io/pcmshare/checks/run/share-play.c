/* share-play.c - the sequence of the dma-buf proposal of 2019: open, hw_params, EXPORT, ATTACH; a child
 * is passed the buffer, maps it and brackets each period that it writes; munmap, DETACH.
 * usage: share-play DEVICE WAVE     48 kHz, S16_LE, two channels, after 44 bytes */
#include "share-common.h"

enum { PERIOD = 1024, FRAMES = 4096, FRAME = 4, BYTES = FRAMES * FRAME };
struct work { long at, frames; };

/* Knows the buffer and nothing else. */
static void writer(int socket, int wave) {
    int buffer = receive_fd(socket);
    char *ring = mmap(0, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0);
    if (ring == MAP_FAILED) die("mmap");
    struct work w;
    while (read(socket, &w, sizeof w) == sizeof w) {
        checked("begin", sync_buffer(buffer, WRITE));
        w.frames = read(wave, ring + w.at * FRAME, w.frames * FRAME) / FRAME;
        checked("end", sync_buffer(buffer, END | WRITE));
        checked("write", write(socket, &w, sizeof w));
    }
    munmap(ring, BYTES);
    close(buffer);
    exit(0);
}
int main(int argc, char **argv) {
    (void)argc;
    int fd = opened(argv[1]), wave = open(argv[2], O_RDONLY), buffer, talk[2];
    lseek(wave, 44, SEEK_SET);
    configure(fd, 48000, PERIOD, FRAMES);
    checked("EXPORT", ioctl(fd, EXPORT, &buffer));
    checked("ATTACH", ioctl(fd, ATTACH, &buffer));
    pair(talk);
    pid_t child = fork();
    if (child == 0) {
        close(talk[0]);
        close(fd);
        close(buffer);
        writer(talk[1], wave);
    }
    close(talk[1]);
    send_fd(talk[0], buffer);
    long written = 0;
    int running = 0;
    for (;;) {
        long room = (long)pointers(fd, -1).s.status.hw_ptr + FRAMES - written;
        if (room < PERIOD) {
            if (!running++) checked("START", ioctl(fd, SNDRV_PCM_IOCTL_START));
            struct pollfd p = {fd, POLLOUT, 0};
            poll(&p, 1, -1);
            continue;
        }
        struct work w = {written % FRAMES, PERIOD};
        write(talk[0], &w, sizeof w);
        if (read(talk[0], &w, sizeof w) != sizeof w) die("the writer");
        written += w.frames;
        pointers(fd, written);
        if (w.frames < PERIOD) break;
    }
    checked("DRAIN", ioctl(fd, SNDRV_PCM_IOCTL_DRAIN));
    close(talk[0]);
    int status;
    waitpid(child, &status, 0);
    checked("DETACH", ioctl(fd, DETACH));
    close(buffer);
    printf("played %ld, writer %d\n", written, status);
    return 0;
}
