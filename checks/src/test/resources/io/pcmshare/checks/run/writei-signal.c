/* writei-signal.c - a signal in a WRITEI that waits, without and with SA_RESTART.
 * usage: writei-signal DEVICE; exit status 7 */
#include "pcm-common.h"
#include <sys/time.h>

static volatile int signals;
static void on_alarm(int s) { (void)s; signals++; }

/* 8000 frames more than there is room for; the signal comes after a tenth of a second */
static void interrupted(int fd, int restarts) {
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = on_alarm;
    a.sa_flags = restarts ? SA_RESTART : 0;
    sigaction(SIGALRM, &a, 0);
    static short silence[2 * 8000];
    struct snd_xferi x = {0, silence, 8000};
    struct itimerval t = {{0, 0}, {0, 100000}};
    signals = 0;
    setitimer(ITIMER_REAL, &t, 0);
    int r = ioctl(fd, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &x), e = errno;
    int some = x.result > 0 && x.result < 8000;
    printf("%s: %s, signals %d, %s\n", restarts ? "SA_RESTART" : "plain", r < 0 ? ename(e) : "ok", signals, some ? "some frames" : x.result == 8000 ? "all frames" : "no frames");
}
/* a buffer that is full and stands still: nothing can be moved */
static void standing(int fd) {
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = on_alarm;
    a.sa_flags = 0;
    sigaction(SIGALRM, &a, 0);
    static short silence[2 * 8000];
    struct snd_xferi x = {0, silence, 100};
    struct itimerval t = {{0, 0}, {0, 100000}};
    signals = 0;
    setitimer(ITIMER_REAL, &t, 0);
    int r = ioctl(fd, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &x), e = errno;
    printf("standing still: %s, signals %d\n", r < 0 ? ename(e) : "ok", signals);
}
int main(int argc, char **argv) {
    int fd = open(argv[1], O_RDWR);
    struct snd_pcm_hw_params p;
    params_make(&p, SNDRV_PCM_ACCESS_RW_INTERLEAVED, SNDRV_PCM_FORMAT_S16_LE, 2, 8000, 400, 8000);
    if (ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p) < 0) perror("HW_PARAMS");
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
    static short silence[2 * 8000];
    struct snd_xferi x = {0, silence, 8000};
    ioctl(fd, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &x);
    interrupted(fd, 0);
    interrupted(fd, 1);
    ioctl(fd, SNDRV_PCM_IOCTL_DROP);
    struct snd_pcm_sw_params sw;
    memset(&sw, 0, sizeof sw);
    sw.period_step = sw.xfer_align = sw.avail_min = 1;
    sw.start_threshold = 100000;
    sw.stop_threshold = 8000;
    if (ioctl(fd, SNDRV_PCM_IOCTL_SW_PARAMS, &sw) < 0) perror("SW_PARAMS");
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
    x.frames = 8000;
    ioctl(fd, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &x);
    standing(fd);
    return 7;
}
