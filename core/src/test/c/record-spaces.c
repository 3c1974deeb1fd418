/* record-spaces.c - what HW_REFINE and HW_PARAMS make of parameter spaces.
 * gcc -O1 -w -D_GNU_SOURCE; record-spaces /dev/snd/pcmC0D0p QUESTIONS
 *
 * A question is a line of what is not open: mN=HIGH:LOW, the first 64 bits of mask N, and
 * iN=MIN,MAX,FLAGS, interval N; flags: 1 openmin, 2 openmax, 4 integer. Printed are the question
 * after "? ", then for each call its errno or 0 and cmask, info, msbits, rate, fifo_size, masks,
 * intervals. To ask the questions of a recording again: sed -n 's/^? //p'. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <errno.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <time.h>
#include <sound/asound.h>
static void put(struct snd_pcm_hw_params *p) {
  printf(" %x %x %u %u/%u %lu", p->cmask, p->info, p->msbits, p->rate_num, p->rate_den, (unsigned long)p->fifo_size);
  for (int i = 0; i < 3; i++) printf(" %x:%x", p->masks[i].bits[1], p->masks[i].bits[0]);
  for (int i = 0; i < 12; i++) { struct snd_interval *v = &p->intervals[i];
    printf(" %u,%u,%d", v->min, v->max, v->openmin | v->openmax << 1 | v->integer << 2 | v->empty << 3); }
}
int main(int c, char **a) {
  int fd = open(a[1], O_RDWR | O_NONBLOCK); if (fd < 0) { perror(a[1]); return 1; }
  char line[4096]; FILE *f = fopen(a[2], "r");
  while (fgets(line, sizeof line, f)) {
    struct snd_pcm_hw_params p, q; memset(&p, 0, sizeof p);
    for (int i = 0; i < 3; i++) memset(&p.masks[i], 0xff, sizeof p.masks[i]);
    for (int i = 0; i < 12; i++) { p.intervals[i].max = ~0U; }
    p.rmask = ~0U; p.info = ~0U;
    line[strcspn(line, "\n")] = 0; char *copy = strdup(line);
    for (char *t = strtok(copy, " "); t; t = strtok(0, " ")) {
      unsigned i, hi, lo, mn, mx, fl;
      if (sscanf(t, "m%u=%x:%x", &i, &hi, &lo) == 3) { p.masks[i].bits[0] = lo; p.masks[i].bits[1] = hi; }
      else if (sscanf(t, "i%u=%u,%u,%u", &i, &mn, &mx, &fl) == 4) { struct snd_interval *v = &p.intervals[i];
        v->min = mn; v->max = mx; v->openmin = fl & 1; v->openmax = fl >> 1 & 1; v->integer = fl >> 2 & 1; }
    }
    free(copy);
    q = p;
    printf("? %s\n", line);
    int r = ioctl(fd, SNDRV_PCM_IOCTL_HW_REFINE, &p); 
    if (r < 0) printf("refine %s\n", strerrorname_np(errno)); else { printf("refine 0"); put(&p); printf("\n"); }
    p = q;
    r = ioctl(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p);
    if (r < 0) printf("choose %s\n", strerrorname_np(errno)); else { printf("choose 0"); put(&p); printf("\n"); ioctl(fd, SNDRV_PCM_IOCTL_HW_FREE); }
  }
  return 0;
}
