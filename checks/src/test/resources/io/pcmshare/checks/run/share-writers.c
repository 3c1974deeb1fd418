/* share-writers.c - two processes write every period of one ring, one after the other, ordered by fences
 * alone. The last writer's samples are played; a period that holds any of the first's is torn.
 * usage: share-writers DEVICE PERIODS poll|added
 *   poll    each waits for the other's fence by poll(2)
 *   added   the first adds its fence to the buffer, and the second's beginning waits for it */
#include "share-common.h"

enum { PERIOD = 1024, FRAMES = 8192, FRAME = 4, BYTES = FRAMES * FRAME };
static int buffer, added;
static char *ring;

/* Writes a period so slowly that an other writer would be in it, and says by a fence when it has. */
static void write_period(int before, long n, int16_t value, int to) {
    if (before >= 0) {
        if (wait_fence(before, 20000) != 1) die("the fence before");
        close(before);
    }
    checked("begin", sync_buffer(buffer, WRITE));
    int fence = checked("EXPORT_SYNC_FILE", fence_of(buffer, READ));
    if (added && value == 1) checked("IMPORT_SYNC_FILE", add_fence(buffer, WRITE, fence));
    send_fd(to, fence);
    close(fence);
    volatile int16_t *samples = (int16_t *)(ring + n * PERIOD % FRAMES * FRAME);
    for (int i = 0; i < 2 * PERIOD; i++) {
        samples[i] = value;
        if (i % 256 == 0) sched_yield();
    }
    if (value == 1) msleep(1);
    checked("end", sync_buffer(buffer, END | WRITE));
}
int main(int argc, char **argv) {
    (void)argc;
    int fd = opened(argv[1]), first[2], second[2], third[2];
    long periods = atol(argv[2]), n;
    added = !strcmp(argv[3], "added");
    configure(fd, 48000, PERIOD, FRAMES);
    checked("EXPORT", ioctl(fd, EXPORT, &buffer));
    ring = mmap(0, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0);
    if (ring == MAP_FAILED) die("mmap");
    pair(first);
    pair(second);
    pair(third);
    char turn;
    if (fork() == 0) { /* waits for its turn, writes 1, passes its fence on */
        for (n = 0; n < periods && read(first[1], &turn, 1) == 1; n++) write_period(-1, n, 1, second[0]);
        exit(0);
    }
    if (fork() == 0) { /* waits for the first's fence, writes 2 over it, passes its own fence on */
        for (n = 0; n < periods; n++) {
            int fence = receive_fd(second[1]);
            if (added) {
                close(fence); /* not looked at: it is in the buffer */
                fence = -1;
            }
            write_period(fence, n, 2, third[0]);
        }
        exit(0);
    }
    int running = 0;
    for (n = 0; n < periods; n++) {
        while ((long)pointers(fd, -1).s.status.hw_ptr + FRAMES - n * PERIOD < PERIOD) {
            if (!running++) checked("START", ioctl(fd, SNDRV_PCM_IOCTL_START));
            struct pollfd p = {fd, POLLOUT, 0};
            poll(&p, 1, -1);
        }
        write(first[0], "t", 1);
        int fence = receive_fd(third[1]);
        if (wait_fence(fence, 20000) != 1) die("the last fence");
        close(fence);
        pointers(fd, (n + 1) * PERIOD);
    }
    checked("DRAIN", ioctl(fd, SNDRV_PCM_IOCTL_DRAIN));
    int status, bad = 0;
    while (wait(&status) > 0) bad |= status;
    printf("written %ld, writers %d\n", n, bad);
    return 0;
}
