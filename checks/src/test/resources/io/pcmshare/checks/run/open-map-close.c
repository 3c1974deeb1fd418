/* open-map-close.c - threads that open, map, use and close the same device at the same moment.
 * usage: open-map-close DEVICE THREADS ROUNDS; prints how many rounds went wrong */
#include "pcm-common.h"
#include <pthread.h>

static const char *dev;
static int rounds, wrong;

static int round_of(int number) {
    int fd = open(dev, O_RDWR | O_NONBLOCK);
    if (fd < 0) return 1;
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, 8000, 1024, 4096);
    if (ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p) < 0) { close(fd); return 2; }
    int *data = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED) { close(fd); return 3; }
    data[0] = number;
    int *again = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    int bad = again == MAP_FAILED ? 4 : again[0] != number ? 5 : 0;
    if (ioctl(fd, SNDRV_PCM_IOCTL_PREPARE) < 0) bad = 6;
    if (again != MAP_FAILED) munmap(again, 16384);
    munmap(data, 16384);
    close(fd);
    return bad;
}
static void *thread(void *argument) {
    for (int i = 0; i < rounds; i++) {
        int bad = round_of((int)(long)argument * 100000 + i + 1);
        if (bad) {
            printf("step %d: %s\n", bad, ename(errno));
            __sync_fetch_and_add(&wrong, 1);
        }
    }
    return NULL;
}
int main(int argc, char **argv) {
    dev = argv[1];
    int threads = atoi(argv[2]);
    rounds = atoi(argv[3]);
    pthread_t all[64];
    for (long i = 0; i < threads; i++) pthread_create(&all[i], NULL, thread, (void *)i);
    for (int i = 0; i < threads; i++) pthread_join(all[i], NULL);
    printf("wrong: %d\n", wrong);
    return wrong != 0;
}
