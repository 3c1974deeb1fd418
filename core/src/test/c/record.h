/* record.h - writes down what a sound device answers, so that the same calls can be made of another implementation.
 *
 *   # text               what follows is about
 *   pid N                the process that asks
 *   open F NAME [flags]  -> 0 or errno      F is the number of an open file
 *   close F
 *   clear | fill BB      the memory at 0x20000000 is all 0, all BB
 *   = OFF:HEX ...        what the program stores in that memory
 *   ioctl F NR ADDRESS   -> result or errno, then after | what changed in the memory; ~OFF+LEN is not compared
 *   read F ADDRESS BYTES -> the same
 *   poll F               -> revents
 *   wait F               time passes until the file can be read
 *   sleep MS             time passes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <sound/asound.h>

#define BASE 0x20000000UL
#define SIZE 0x48000
static unsigned char *const A = (unsigned char *)BASE;
static unsigned char shadow[SIZE];
static int files[16];
static struct { int off, len; } masks[64];
static int nmasks;
static const char nobody[64];

static void mask(int off, int len) { masks[nmasks].off = off; masks[nmasks++].len = len; }

static void diff(void) {
    for (int m = 0; m < nmasks; m++) { memset(A + masks[m].off, 0, masks[m].len); memset(shadow + masks[m].off, 0, masks[m].len); printf(" ~%x+%x", masks[m].off, masks[m].len); }
    nmasks = 0;
    for (int i = 0; i < SIZE;) {
        if (A[i] == shadow[i]) { i++; continue; }
        int end = i + 1, same = 0;
        for (int j = i + 1; j < SIZE && same < 4; j++) { if (A[j] != shadow[j]) { end = j + 1; same = 0; } else same++; }
        printf(" %x:", i);
        for (; i < end; i++) printf("%02x", A[i]);
    }
    memcpy(shadow, A, SIZE);
    printf("\n");
}
static void start(void) {
    setvbuf(stdout, 0, _IOFBF, 1 << 16);
    if (mmap(A, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != A) exit(1);
    memset(A, 0, SIZE);
    printf("pid %d\n", (int)getpid());
}
static void note(const char *text) { printf("# %s\n", text); }
static void clear(void) { memset(A, 0, SIZE); memset(shadow, 0, SIZE); printf("clear\n"); }
static void fill(int b) { memset(A, b, SIZE); memset(shadow, b, SIZE); printf("fill %02x\n", b); }
static void stored(void) { if (memcmp(A, shadow, SIZE)) { printf("="); diff(); } }
static void answer(long r) { if (r < 0) printf(" -> %s", strerrorname_np(errno)); else printf(" -> %ld", r); }
static int op(int f, const char *name, int flags) {
    files[f] = open(name, flags); printf("open %d %s", f, name); answer(files[f] < 0 ? -1 : 0); printf("\n"); return files[f];
}
static void cl(int f) { printf("close %d\n", f); close(files[f]); }
static long io(int f, unsigned long nr, unsigned long addr) {
    stored();
    long r = ioctl(files[f], nr, addr);
    printf("ioctl %d %08lx %lx", f, nr & 0xffffffffUL, addr); answer(r); printf(" |"); diff(); return r;
}
static long rd(int f, unsigned long addr, unsigned long n) {
    stored();
    long r = read(files[f], (void *)addr, n);
    printf("read %d %lx %lu", f, addr, n); answer(r); printf(" |"); diff(); return r;
}
static int po(int f) {
    struct pollfd p = { files[f], POLLIN | POLLOUT | POLLPRI | POLLRDNORM, 0 }; poll(&p, 1, 0);
    printf("poll %d -> %x\n", f, p.revents); return p.revents;
}
static void waitfor(int f) { struct pollfd p = { files[f], POLLIN, 0 }; poll(&p, 1, 5000); printf("wait %d\n", f); }
static void pass(int ms) { usleep(ms * 1000); printf("sleep %d\n", ms); }
#define ARG BASE
#define AT(type) ((type *)A)
