/* share-through.c - the ring that one device records to is the ring that another one plays from.
 * usage: share-through RECORDER PLAYER FRAMES       prints how many frames went */
#include "share-common.h"

enum { PERIOD = 1024, FRAMES = 8192, AHEAD = 4 * PERIOD };

int main(int argc, char **argv) {
    (void)argc;
    int in = opened(argv[1]), out = opened(argv[2]), buffer;
    long total = atol(argv[3]), played = 0;
    configure(in, 48000, PERIOD, FRAMES);
    configure(out, 48000, PERIOD, FRAMES);
    struct snd_pcm_sw_params sw = {.period_step = 1, .avail_min = FRAMES, .start_threshold = FRAMES, .stop_threshold = FRAMES};
    checked("SW_PARAMS", ioctl(out, SNDRV_PCM_IOCTL_SW_PARAMS, &sw));
    checked("EXPORT", ioctl(in, EXPORT, &buffer));
    checked("ATTACH", ioctl(out, ATTACH, &buffer));
    close(buffer); /* the attachment keeps it */
    checked("START", ioctl(in, SNDRV_PCM_IOCTL_START));
    while (played < total) {
        struct frame_fence f = {played + PERIOD, -1, 0};
        checked("FRAME_FENCE", ioctl(in, FRAME_FENCE, &f));
        if (wait_fence(f.fd, 20000) != 1) die("the recorder");
        close(f.fd);
        played += PERIOD;
        /* played long before the recorder comes round to it */
        pointers(in, played);
        pointers(out, played);
        if (played == AHEAD) checked("START", ioctl(out, SNDRV_PCM_IOCTL_START));
    }
    checked("DRAIN", ioctl(out, SNDRV_PCM_IOCTL_DRAIN));
    checked("DETACH", ioctl(out, DETACH));
    printf("played %ld\n", played);
    return 0;
}
