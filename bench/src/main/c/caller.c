/*
 * caller CALLS - opens the playback device and makes five kinds of calls on it, so many of each, in
 * turn, and prints what a call takes, in nanoseconds: a line for the first thousand of all kinds,
 * then one for each kind, of which the first half is not counted.
 *
 *     NAME MIN P50 P99 MAX
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sound/asound.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define DEVICE "/dev/snd/pcmC0D0p"
#define FRAMES 256
#define FIRST 1000

enum kind { PVERSION, SYNC_PTR, STATUS, HW_REFINE, WRITEI, KINDS };

static const char *const NAMES[KINDS] = {"PVERSION", "SYNC_PTR", "STATUS", "HW_REFINE", "WRITEI"};

static int device;
static short samples[FRAMES * 2];

static void die(const char *what) {
    fprintf(stderr, "caller: %s: %s\n", what, strerror(errno));
    exit(1);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Everything a device can do. */
static void fill(struct snd_pcm_hw_params *params) {
    memset(params, 0, sizeof *params);
    memset(params->masks, 0xff, sizeof params->masks);
    for (int i = 0; i <= SNDRV_PCM_HW_PARAM_LAST_INTERVAL - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL; i++) {
        params->intervals[i].max = 0xffffffffU;
    }
    params->rmask = 0xffffffffU;
    params->info = 0xffffffffU;
}

static void one_of(struct snd_pcm_hw_params *params, int mask, unsigned int bit) {
    struct snd_mask *m = &params->masks[mask - SNDRV_PCM_HW_PARAM_FIRST_MASK];
    memset(m, 0, sizeof *m);
    m->bits[bit / 32] = 1U << bit % 32;
}

static void exactly(struct snd_pcm_hw_params *params, int interval, unsigned int value) {
    struct snd_interval *i = &params->intervals[interval - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL];
    i->min = i->max = value;
    i->integer = 1;
}

static void configure(void) {
    struct snd_pcm_hw_params params;
    fill(&params);
    one_of(&params, SNDRV_PCM_HW_PARAM_ACCESS, SNDRV_PCM_ACCESS_RW_INTERLEAVED);
    one_of(&params, SNDRV_PCM_HW_PARAM_FORMAT, SNDRV_PCM_FORMAT_S16_LE);
    exactly(&params, SNDRV_PCM_HW_PARAM_CHANNELS, 2);
    exactly(&params, SNDRV_PCM_HW_PARAM_RATE, 48000);
    exactly(&params, SNDRV_PCM_HW_PARAM_PERIOD_SIZE, FRAMES);
    exactly(&params, SNDRV_PCM_HW_PARAM_PERIODS, 16);
    if (ioctl(device, SNDRV_PCM_IOCTL_HW_PARAMS, &params)) die("HW_PARAMS");
    struct snd_pcm_sw_params sw;
    memset(&sw, 0, sizeof sw);
    sw.period_step = 1;
    sw.avail_min = FRAMES;
    sw.start_threshold = sw.stop_threshold = 1UL << 30; /* it stands: the time is that of the call */
    if (ioctl(device, SNDRV_PCM_IOCTL_SW_PARAMS, &sw)) die("SW_PARAMS");
    if (ioctl(device, SNDRV_PCM_IOCTL_PREPARE)) die("PREPARE");
}

/* Nanoseconds of one call. What it needs before and after is not counted. */
static long long call(enum kind kind) {
    int version;
    struct snd_pcm_sync_ptr pointers = {
        .flags = SNDRV_PCM_SYNC_PTR_HWSYNC | SNDRV_PCM_SYNC_PTR_APPL | SNDRV_PCM_SYNC_PTR_AVAIL_MIN};
    struct snd_pcm_status status;
    struct snd_pcm_hw_params params;
    struct snd_xferi transfer = {.buf = samples, .frames = FRAMES};
    unsigned long request = 0;
    void *argument = NULL;
    switch (kind) {
        case PVERSION: request = SNDRV_PCM_IOCTL_PVERSION, argument = &version; break;
        case SYNC_PTR: request = SNDRV_PCM_IOCTL_SYNC_PTR, argument = &pointers; break;
        case STATUS: request = SNDRV_PCM_IOCTL_STATUS, argument = &status; break;
        case HW_REFINE:
            fill(&params);
            request = SNDRV_PCM_IOCTL_HW_REFINE, argument = &params;
            break;
        default: request = SNDRV_PCM_IOCTL_WRITEI_FRAMES, argument = &transfer; break;
    }
    long long from = now();
    int answer = ioctl(device, request, argument);
    long long to = now();
    if (answer) die(NAMES[kind]);
    if (kind == WRITEI) { /* room for the next one */
        snd_pcm_uframes_t frames = FRAMES;
        if (transfer.result != FRAMES) die("WRITEI, short");
        if (ioctl(device, SNDRV_PCM_IOCTL_REWIND, &frames) < 0) die("REWIND");
    }
    return to - from;
}

static int by_value(const void *a, const void *b) {
    long long one = *(const long long *)a, other = *(const long long *)b;
    return (one > other) - (one < other);
}

static void print(const char *name, long long *nanos, size_t count) {
    qsort(nanos, count, sizeof *nanos, by_value);
    printf("%s %lld %lld %lld %lld\n", name, nanos[0], nanos[count / 2], nanos[count * 99 / 100],
           nanos[count - 1]);
}

int main(int argc, char **argv) {
    size_t calls = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (calls < FIRST) {
        fprintf(stderr, "usage: caller CALLS, at least %d\n", FIRST);
        return 2;
    }
    device = open(DEVICE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device < 0) die(DEVICE);
    configure();
    long long *nanos = calloc(KINDS * calls, sizeof *nanos);
    long long first[FIRST];
    if (nanos == NULL) die("calloc");
    for (int i = 0; i < FIRST; i++) first[i] = call(i % KINDS);
    for (size_t i = 0; i < calls; i++) {
        for (int kind = 0; kind < KINDS; kind++) nanos[kind * calls + i] = call(kind);
    }
    print("first", first, FIRST);
    for (int kind = 0; kind < KINDS; kind++) {
        print(NAMES[kind], nanos + kind * calls + calls / 2, calls / 2);
    }
    return 0;
}
