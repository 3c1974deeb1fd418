/* record-timer.c - the answers of /dev/snd/timer, with snd-dummy as card 0 and snd-aloop as card 1.
 * gcc -O1 -w; also -m32, and -m32 -D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64. */
#include "record.h"
typedef struct snd_timer_id TID; typedef struct snd_timer_ginfo GINFO; typedef struct snd_timer_gparams GPARAMS; typedef struct snd_timer_gstatus GSTATUS;
typedef struct snd_timer_select SELECT; typedef struct snd_timer_info TINFO; typedef struct snd_timer_params PARAMS; typedef struct snd_timer_status STATUS;
typedef struct snd_timer_tread TREAD;
#define T(x) SNDRV_TIMER_IOCTL_##x
static void tid(TID *t, int cls, int scls, int card, int dev, int sub) { t->dev_class = cls; t->dev_sclass = scls; t->card = card; t->device = dev; t->subdevice = sub; }
static void next(int cls, int scls, int card, int dev, int sub) { clear(); tid(AT(TID), cls, scls, card, dev, sub); io(0, T(NEXT_DEVICE), ARG); }
static long sel(int f, int cls, int scls, int card, int dev, int sub) { clear(); tid(&AT(SELECT)->id, cls, scls, card, dev, sub); return io(f, T(SELECT), ARG); }
static long par(int f, unsigned flags, unsigned ticks, unsigned queue, unsigned filter) {
    clear(); PARAMS *p = AT(PARAMS); p->flags = flags; p->ticks = ticks; p->queue_size = queue; p->filter = filter; return io(f, T(PARAMS), ARG);
}
static void status(int f) { clear(); stored(); mask(offsetof(STATUS, tstamp), sizeof(AT(STATUS)->tstamp)); io(f, T(STATUS), ARG); }
static void simple(int f) { static const unsigned long n[] = { T(CONTINUE), T(PAUSE), T(STOP), T(START), T(START), T(PAUSE), T(PAUSE), T(CONTINUE), T(STOP), T(STOP), T(CONTINUE), T(PAUSE), T(STOP) }; for (int i = 0; i < 13; i++) { io(f, n[i], 0); } }
static void tread(int f, int format, int v) { clear(); *AT(int) = v; io(f, format ? T(TREAD64) : T(TREAD_OLD), ARG); }
static int unit; /* bytes of an event with time: 32, or 16 with a 32-bit time */
/* reads n events; how many ticks event `late` counts depends on how busy the machine is */
static long rt(int f, int n, int late) {
    clear(); stored();
    for (int i = 0; i < n; i++) mask(i * unit + unit / 4, unit / 2);
    if (late >= 0) mask(late * unit + unit / 4 * 3, 4);
    return rd(f, ARG, n * unit);
}
static long rp(int f, int bytes) { clear(); return rd(f, ARG, bytes); }
static long rl(int f, int bytes) { clear(); stored(); mask(4, 4); return rd(f, ARG, bytes); }

static void enumerate(void) {
    note("next device"); next(-1, 0, 0, 0, 0); next(-5, 0, 0, 0, 0);
    for (int i = 0; i < 4; i++) next(1, 0, -1, i - 1, -1);
    next(2, 0, -1, -1, -1); next(0, 0, -1, -1, -1); next(0, 1, 0, 0, 0); next(4, 0, 0, 0, 0); next(99, 0, 0, 0, 0);
    static const int q[][3] = { { -1, -1, -1 }, { 0, -1, -1 }, { 0, 0, -1 }, { 0, 0, 0 }, { 0, 0, 1 }, { 0, 0, 14 }, { 0, 0, 15 }, { 0, 0, 16 }, { 0, 1, 0 }, { 0, 5, -1 }, { 1, -1, -1 }, { 1, 0, 15 }, { 1, 1, 0 }, { 1, 1, 14 }, { 1, 1, 15 }, { 2, 0, 0 }, { 0, 0, 0x7fffffff }, { 0x7fffffff, 0, 0 } };
    for (unsigned i = 0; i < sizeof q / sizeof *q; i++) next(3, 0, q[i][0], q[i][1], q[i][2]);
    io(0, T(NEXT_DEVICE), 0x10);
}
static void global(void) {
    static const int q[][4] = { { 1, -1, 0, -1 }, { 1, 0, 0, 0 }, { 1, -1, 3, 0 }, { 3, 0, 0, 0 }, { 3, 0, 0, 1 }, { 3, 1, 1, 15 }, { 3, 1, 1, 16 }, { 3, 2, 0, 0 }, { 0, 0, 0, 0 }, { -1, -1, -1, -1 }, { 2, 0, 0, 0 } };
    note("a timer as everybody sees it");
    for (unsigned i = 0; i < sizeof q / sizeof *q; i++) {
        fill(0xab); tid(&AT(GINFO)->tid, q[i][0], 7, q[i][1], q[i][2], q[i][3]); io(0, T(GINFO), ARG);
        clear(); tid(&AT(GPARAMS)->tid, q[i][0], 0, q[i][1], q[i][2], q[i][3]); AT(GPARAMS)->period_num = 1; AT(GPARAMS)->period_den = 1000; io(0, T(GPARAMS), ARG);
        fill(0xab); tid(&AT(GSTATUS)->tid, q[i][0], 0, q[i][1], q[i][2], q[i][3]); io(0, T(GSTATUS), ARG);
    }
    io(0, T(GINFO), 0x10); io(0, T(GPARAMS), 0x10); io(0, T(GSTATUS), 0x10);
}
static void unselected(void) {
    note("nothing selected"); clear(); io(0, T(PVERSION), ARG); io(0, T(PVERSION), 0x10); io(0, T(INFO), ARG); status(0); par(0, 0, 1, 0, 0); io(0, T(PARAMS), 0x10); io(0, T(SELECT), 0x10); io(0, T(TREAD_OLD), 0x10);
    io(0, T(START), 0); io(0, T(STOP), 0); io(0, T(CONTINUE), 0); io(0, T(PAUSE), 0); io(0, 0x5420, 0); io(0, 0x5421, 0); io(0, 0x5422, 0); io(0, 0x5423, 0); io(0, 0x547f, 0); io(0, 0x4100, 0); rp(0, 8); rp(0, 7); rp(0, 0); po(0);
}
static void selecting(void) {
    note("selecting"); sel(0, 1, 0, -1, 5, 0); sel(0, 3, 0, 7, 0, 0); sel(0, 3, 0, 0, 0, 16); sel(0, -1, 0, 0, 0, 0); sel(0, 2, 0, 0, 0, 0); sel(0, 0, 0, 0, 0, 0); sel(0, 0, 4, 0, 0, 0); sel(0, 1, 0, -1, 0, -1); sel(0, 1, 9, 3, 0, 3); sel(0, 1, 0, -1, 0, 0);
    fill(0xab); io(0, T(INFO), ARG); io(0, T(INFO), 0x10); status(0); io(0, T(STATUS), 0x10); tread(0, 0, 1); tread(0, 1, 0);
    note("a failed choice loses the old one"); sel(0, 1, 0, -1, 5, 0); io(0, T(INFO), ARG); sel(0, 1, 0, -1, 0, 0);
    note("another client"); clear(); tid(&AT(GINFO)->tid, 1, 0, -1, 0, 0); io(1, T(GINFO), ARG); sel(1, 1, 0, -1, 0, 0); clear(); tid(&AT(GINFO)->tid, 1, 0, -1, 0, 0); io(1, T(GINFO), ARG);
    clear(); tid(&AT(GPARAMS)->tid, 1, 0, -1, 0, 0); AT(GPARAMS)->period_num = 1; io(1, T(GPARAMS), ARG);
}
static void parameters(int f) {
    note("parameters"); par(f, 0, 0, 0, 0); par(f, 0, 1, 31, 0); par(f, 0, 1, 32, 0); par(f, 0, 1, 1024, 0); par(f, 0, 1, 1025, 0); par(f, 0, 1, 0, 0); par(f, 7, 1, 64, 0x3f); par(f, 0xfffffff8, 5, 64, 2);
    for (unsigned b = 0; b < 32; b++) par(f, 0, 1, 0, 1u << b); par(f, 0, 0x7fffffff, 0, 2); par(f, 0, 0xffffffff, 0, 2); status(f);
    note("start and stop"); par(f, 0, 1000, 0, 0); simple(f); status(f); fill(0); rp(f, 8); po(f);
}
static void ticks(int f) {
    note("ticks of the system timer"); par(f, 1, 25, 0, 2); io(f, T(START), 0); rp(f, 8); po(f); waitfor(f); po(f); status(f); rl(f, 80); io(f, T(STOP), 0); rp(f, 8);
    note("one shot"); par(f, 0, 25, 0, 2); io(f, T(START), 0); waitfor(f); rl(f, 80); pass(300); po(f); io(f, T(STOP), 0); io(f, T(CONTINUE), 0); waitfor(f); rl(f, 12); 
    note("early"); par(f, 5, 25, 0, 2); po(f); status(f); rp(f, 8); po(f);
}
static void events(int f, int wide) {
    note("events with time"); unit = wide || sizeof(long) == 8 ? 32 : 16; cl(f); op(f, "/dev/snd/timer", O_RDWR | O_NONBLOCK); tread(f, wide, 1); tread(f, wide, 2); sel(f, 1, 0, -1, 0, 0); tread(f, wide, 1);
    par(f, 1, 50, 32, 0x1bf); io(f, T(START), 0); status(f); rt(f, 8, -1); waitfor(f); rt(f, 8, 1); io(f, T(PAUSE), 0); io(f, T(CONTINUE), 0); io(f, T(STOP), 0); rt(f, 2, -1); rt(f, 8, -1); rt(f, 8, -1);
    note("filter"); par(f, 1, 50, 32, 2); io(f, T(START), 0); waitfor(f); rt(f, 8, 0); io(f, T(STOP), 0); rt(f, 8, -1);
    note("overrun"); par(f, 1, 1000, 32, 0x3c); for (int i = 0; i < 20; i++) { io(f, T(START), 0); io(f, T(STOP), 0); } status(f); rt(f, 31, -1); rt(f, 31, -1); status(f); par(f, 1, 1000, 0, 0x3c); status(f);
    note("early event"); par(f, 5, 1000, 0, 0x3f); rt(f, 4, -1); tread(f, wide, 0); clear(); rd(f, ARG, unit - 1);
}
static void pcm(int f) {
    note("a PCM timer whose stream is closed"); sel(f, 3, 0, 0, 0, 0); fill(0xab); io(f, T(INFO), ARG); status(f); par(f, 1, 0, 0, 2); par(f, 1, 1, 0, 2); simple(f); status(f);
    note("exclusive"); par(f, 3, 1, 0, 2); sel(2, 3, 0, 0, 0, 0); sel(f, 3, 0, 0, 0, 0); sel(2, 3, 0, 0, 0, 0); sel(2, 3, 0, 0, 0, 2); par(2, 3, 1, 0, 2); sel(f, 3, 0, 0, 0, 2); sel(f, 3, 0, 0, 0, 0);
}
int main(int argc, char **argv) {
    start(); for (int f = 0; f < 3; f++) op(f, "/dev/snd/timer", (f == 1 ? O_RDONLY : O_RDWR) | O_NONBLOCK);
    enumerate(); global(); unselected(); selecting(); parameters(0); ticks(0); events(1, 0); events(1, 1); pcm(0);
    cl(0); cl(1); cl(2); return 0;
}
