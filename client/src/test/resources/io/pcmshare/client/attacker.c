/*
 * A client that means no good: attacker SOCKET ATTACK SEED. Written from docs/protocol.md alone.
 *
 * Makes its attack again and again until it is killed, and says "round" when it was made for the
 * first time. Says "FAILED ..." and ends where the server let it have what it must not.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that does not outlive us, not even where it stands still: who kills us kills it. */
static pid_t forked(void) {
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(0);
    }
    return child;
}

enum { HELLO = 1, OFFER, READY, BEGIN, DONE, REVOKED, REFUSED, FINISHED, MEMORY, MOVED };
enum { PAGE = 4096, WAKE_BLOCK = 2048, MOST_FDS = 253 };

struct message {
    uint32_t magic;
    uint16_t version, type;
    uint32_t size, reserved;
    union {
        uint32_t u32[12];
        uint64_t u64[6];
    } body;
};

/* struct snd_pcm_mmap_control, 64-bit layout */
struct control {
    uint64_t appl_ptr, avail_min;
};

static const char *path;
static int fds[MOST_FDS];
static int fd_count;
static struct message offer;
static uint64_t seed = 88172645463325252ull;
static int sound;

static uint64_t any(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static void failed(const char *what) {
    printf("FAILED %s\n", what);
    fflush(stdout);
    exit(1);
}

static int dial(void) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    strcpy(to.sun_path, path);
    int s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    struct timeval patience = {2, 0};
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (connect(s, (struct sockaddr *) &to, sizeof to) < 0)
        if (errno != EAGAIN && errno != EINTR) failed("connect");
    return s;
}

static struct message message(int type) {
    struct message m = {.magic = 0x534D4350, .version = 1, .type = type, .size = sizeof m};
    return m;
}

/* Sends bytes and descriptors without waiting for room. */
static int put(int s, const void *bytes, size_t size, const int *send, int count) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof fds)];
    } control;
    struct iovec vector = {(void *) bytes, size};
    struct msghdr h = {.msg_iov = &vector, .msg_iovlen = 1};
    if (count) {
        h.msg_control = &control;
        h.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *c = CMSG_FIRSTHDR(&h);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(c), send, count * sizeof(int));
    }
    return sendmsg(s, &h, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static int say(int s, int type, uint64_t value) {
    struct message m = message(type);
    m.body.u64[0] = value;
    return put(s, &m, sizeof m, NULL, 0);
}

/* The next message; its type, or 0 when the server has closed. Keeps descriptors of it. */
static int hear(int s, struct message *m) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof fds)];
    } control;
    struct iovec vector = {m, sizeof *m};
    struct msghdr h = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t n = recvmsg(s, &h, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == ECONNRESET) n = recvmsg(s, &h, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == EAGAIN) failed("the server neither answers nor closes");
    if (n <= 0) return 0;
    struct cmsghdr *c = CMSG_FIRSTHDR(&h);
    if (c && c->cmsg_type == SCM_RIGHTS) {
        fd_count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(c), fd_count * sizeof(int));
    }
    return m->type;
}

static void let_go(void) {
    while (fd_count > 0) close(fds[--fd_count]);
}

/* Whether the server ends the session, whatever else it says before. */
static void must_close(int s, const char *what) {
    struct message m;
    for (int type; (type = hear(s, &m)) != 0; let_go())
        if (type != REFUSED) failed(what);
    close(s);
}

/* A session up to its OFFER; -1 where another holds the stream. */
static int hold(void) {
    int s = dial();
    say(s, HELLO, 0);
    if (hear(s, &offer) == OFFER) return s;
    close(s);
    return -1;
}

static void *map(int i, size_t size, int prot) {
    return mmap(NULL, size, prot, MAP_SHARED, fds[i], 0);
}

static size_t ring_bytes(void) {
    /* the offer of the test is S16_LE */
    return (offer.body.u64[3] * offer.body.u32[2] * 2 + PAGE - 1) / PAGE * PAGE;
}

/* ---- without being given anything ---- */

static void garbage(void) {
    char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = any();
    int s = dial();
    put(s, bytes, 1 + any() % sizeof bytes, NULL, 0);
    must_close(s, "garbage was answered");
}

static void out_of_turn(void) {
    for (int type = 0; type < 40; type++) {
        if (type == HELLO) continue;
        int s = dial();
        say(s, type, any() & INT64_MAX);
        must_close(s, "a message out of turn was answered");
    }
}

static void stray_bytes(void) {
    for (size_t at = 0; at < sizeof(struct message); at++) {
        struct message m = message(HELLO);
        ((unsigned char *) &m)[at] ^= 0x40;
        int s = dial();
        put(s, &m, sizeof m, NULL, 0);
        must_close(s, "a stray byte was let through");
    }
}

static void wrong_sizes(void) {
    char bytes[8192];
    memset(bytes, 0, sizeof bytes);
    struct message m = message(HELLO);
    memcpy(bytes, &m, sizeof m);
    for (int size = 1; size <= (int) sizeof bytes; size = size < 130 ? size + 1 : size * 2) {
        if (size == sizeof m) continue;
        int s = dial();
        put(s, bytes, size, NULL, 0);
        must_close(s, "a message of the wrong size was answered");
    }
    int s = dial(); /* an empty packet looks as an end does */
    put(s, bytes, 0, NULL, 0);
    must_close(s, "an empty packet was answered");
}

static void foreign_descriptors(void) {
    int pipes[2], send[MOST_FDS];
    if (pipe2(pipes, O_CLOEXEC)) failed("pipe");
    int directory = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int memory = memfd_create("mine", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    ftruncate(memory, 1 << 20);
    for (int i = 0; i < MOST_FDS; i++)
        send[i] = i % 4 == 0 ? pipes[0] : i % 4 == 1 ? pipes[1] : i % 4 == 2 ? directory : memory;
    for (int i = 0; i < 20; i++) {
        int s = dial();
        struct message m = message(i % 2 ? HELLO : 77);
        for (int k = 0; k < 8; k++) put(s, &m, sizeof m, send, k % 2 ? MOST_FDS : 1);
        ftruncate(memory, 0);
        close(s);
    }
    close(pipes[0]);
    close(pipes[1]);
    close(directory);
    close(memory);
}

static void silence(void) {
    static int quiet[1000];
    for (int i = 0; i < 1000; i++) quiet[i] = dial();
    struct message m;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
        struct pollfd p = {quiet[i], POLLIN, 0};
        if (poll(&p, 1, i < 999 ? 0 : 2000) > 0 && hear(quiet[i], &m) == REFUSED)
            refused += m.body.u32[0] == EMFILE || m.body.u32[0] == EAGAIN;
    }
    if (refused < 900) failed("a thousand sessions were let in");
    for (int i = 0; i < 1000; i++) close(quiet[i]);
}

static void come_and_go(void) {
    for (int i = 0; i < 200; i++) {
        int s = dial();
        if (i % 2) say(s, HELLO, 0);
        close(s);
    }
}

static void flood(void) {
    int s = dial();
    for (int i = 0; i < 5000; i++)
        if (say(s, HELLO, 0) < 0 && errno != EAGAIN) break;
    close(s);
}

static void processes(void) {
    for (int i = 0; i < 20; i++)
        if (forked() == 0) {
            int s = dial();
            say(s, HELLO, 0);
            if (i % 2 && fork() == 0) usleep(20000); /* outlives its parent, and holds the socket */
            _exit(0);
        }
    while (wait(NULL) > 0) {
    }
}

/* ---- as the holder of a stream ---- */

static volatile int scribbling;

static void *scribble(void *ring) {
    unsigned char *bytes = ring;
    size_t size = ring_bytes();
    while (scribbling) bytes[any() % size] = any();
    return NULL;
}

static uint64_t wild(void) {
    static const uint64_t edges[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT32_MAX, INT32_MIN};
    uint64_t r = any();
    return r % 3 == 0 ? edges[r / 3 % 7] : r % 3 == 1 ? any() : any() % (2 * offer.body.u64[4]);
}

static void pages(void) {
    int s = hold();
    if (s < 0) return;
    void *ring = map(0, ring_bytes(), PROT_READ | PROT_WRITE);
    unsigned char *page = map(2, PAGE, PROT_READ | PROT_WRITE);
    if (ring == MAP_FAILED || page == MAP_FAILED) failed("own memory");
    volatile struct control *control = (void *) page;
    volatile uint32_t *wake = (void *) (page + WAKE_BLOCK);
    scribbling = 1;
    pthread_t thread;
    pthread_create(&thread, NULL, scribble, ring);
    for (int i = 0; i < 300000; i++) {
        control->appl_ptr = wild();
        control->avail_min = wild();
        for (int k = 0; k < 4; k++) wake[k] = wild();
        if (i % 7 == 0) ((volatile uint64_t *) page)[any() % (PAGE / 8)] = wild();
        if (i == 1000) {
            control->appl_ptr = offer.body.u64[2];
            say(s, READY, wild() & INT64_MAX);
        }
        if (i == 200000) say(s, DONE, wild() & INT64_MAX);
    }
    close(s);
    for (int i = 0; i < 100000; i++) control->appl_ptr = wild(); /* what it still maps is memory */
    scribbling = 0;
    pthread_join(thread, NULL);
    munmap(ring, ring_bytes());
    munmap(page, PAGE);
    let_go();
}

static void refused(int answer, const char *what) {
    if (answer >= 0) failed(what);
}

static void memory(void) {
    int s = hold();
    if (s < 0) return;
    for (int i = 0; i < fd_count; i++) {
        off_t size = lseek(fds[i], 0, SEEK_END);
        refused(ftruncate(fds[i], 0), "shrunk");
        refused(ftruncate(fds[i], size + PAGE), "grown");
        refused(fallocate(fds[i], FALLOC_FL_KEEP_SIZE, size, 1 << 20), "allocated behind its end");
        refused(fcntl(fds[i], F_ADD_SEALS, F_SEAL_WRITE), "sealed");
        int hole = fallocate(fds[i], FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, size);
        if (i == 1) refused(hole, "hole in the status page");
        fcntl(fds[i], F_SETLEASE, F_WRLCK);
        fcntl(fds[i], F_SETFL, O_APPEND | O_NONBLOCK);
    }
    char name[64], block[64] = {0};
    refused(map(1, PAGE, PROT_READ | PROT_WRITE) == MAP_FAILED ? -1 : 0, "status page mapped");
    void *status = map(1, PAGE, PROT_READ);
    if (status == MAP_FAILED) failed("status page");
    refused(mprotect(status, PAGE, PROT_READ | PROT_WRITE), "status page made writable");
    munmap(status, PAGE);
    refused(pwrite(fds[1], block, sizeof block, 0), "status page written");
    sprintf(name, "/proc/self/fd/%d", fds[1]);
    int again = open(name, O_RDWR | O_CLOEXEC);
    if (again >= 0) {
        refused(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, again, 0) == MAP_FAILED ? -1 : 0,
                "status page opened again and mapped");
        refused(pwrite(again, block, sizeof block, 0), "status page opened again and written");
        refused(ftruncate(again, 0), "status page opened again and shrunk");
        close(again);
    }
    say(s, READY, 1);
    usleep(5000);
    for (int i = 0; i < 3; i += 2) /* what is missing comes back as zeros */
        fallocate(fds[i], FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, PAGE);
    close(s);
    let_go();
}

static void phases(void) {
    static int phase;
    int until = phase++ % 6;
    pid_t child = forked();
    if (child == 0) {
        int s = dial();
        struct message m;
        if (until > 0) say(s, HELLO, 0);
        if (until > 1 && hear(s, &m) != OFFER) _exit(0);
        if (until > 2) {
            struct control *c = map(2, PAGE, PROT_READ | PROT_WRITE);
            c->appl_ptr = 1024;
            say(s, READY, 1024);
        }
        if (until > 3) hear(s, &m);
        if (until > 4) say(s, DONE, 1024);
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
}

static void stopped(void) {
    int s = hold();
    if (s < 0) return;
    say(s, READY, 1024);
    pid_t child = forked();
    if (child == 0) raise(SIGSTOP); /* holds the socket and the memory, and does nothing */
    siginfo_t info;
    waitid(P_PID, child, &info, WSTOPPED | WEXITED);
    must_close(s, "a client that does nothing is kept");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    let_go();
}

static void deaf(void) {
    int s = hold();
    if (s < 0) return;
    for (int i = 0; i < 20000 && say(s, i == 0 ? READY : MOVED, 0) >= 0; i++) {
    }
    close(s);
    let_go();
}

/* READY is never said: the server must not keep the stream for it. */
static void undecided(void) {
    int s = hold();
    if (s < 0) return;
    struct message m;
    if (hear(s, &m) != 0) failed("an offer stands for ever");
    close(s);
    let_go();
}

/* Plays the byte that its seed names, without end: what is heard of it after it was killed? */
static void player(void) {
    int s = hold();
    if (s < 0) return;
    void *ring = map(0, ring_bytes(), PROT_READ | PROT_WRITE);
    volatile uint64_t *status = map(1, PAGE, PROT_READ); /* hw_ptr is the second word */
    volatile struct control *control = map(2, PAGE, PROT_READ | PROT_WRITE);
    struct message m;
    uint64_t buffer = offer.body.u64[3], boundary = offer.body.u64[4];
    memset(ring, sound, ring_bytes());
    control->appl_ptr = buffer;
    say(s, READY, buffer);
    if (hear(s, &m) != BEGIN) failed("no begin");
    puts("round");
    fflush(stdout);
    for (;;) {
        memset(ring, sound, ring_bytes());
        control->appl_ptr = (status[1] + buffer) % boundary;
    }
}

static const struct {
    const char *name;
    void (*make)(void);
} attacks[] = {
    {"garbage", garbage},
    {"out-of-turn", out_of_turn},
    {"stray-bytes", stray_bytes},
    {"wrong-sizes", wrong_sizes},
    {"foreign-descriptors", foreign_descriptors},
    {"silence", silence},
    {"come-and-go", come_and_go},
    {"flood", flood},
    {"processes", processes},
    {"pages", pages},
    {"memory", memory},
    {"phases", phases},
    {"stopped", stopped},
    {"deaf", deaf},
    {"undecided", undecided},
    {"player", player},
};

int main(int argc, char **argv) {
    if (argc != 4) failed("usage: attacker SOCKET ATTACK SEED");
    path = argv[1];
    seed += strtoull(argv[3], NULL, 10);
    sound = argv[3][strlen(argv[3]) - 1]; /* a digit: never silence */
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        if (strcmp(attacks[i].name, argv[2])) continue;
        for (unsigned round = 0;; round++) {
            attacks[i].make();
            if (round == 0) {
                puts("round");
                fflush(stdout);
            }
        }
    }
    failed("no such attack");
}
