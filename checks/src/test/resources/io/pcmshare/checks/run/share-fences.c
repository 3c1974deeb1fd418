/* share-fences.c - what fences and attachments answer, one line each.
 * usage: share-fences PLAYER RECORDER OTHER-PLAYER */
#include "share-common.h"
#include <sys/time.h>

enum { RATE = 8000, PERIOD = 1000, FRAMES = 4000, BYTES = FRAMES * 4, PAGES = 16384 };

static void say(const char *what, int r) { printf("%s: %s\n", what, r < 0 ? ename(errno) : "ok"); }
static void state(const char *what, int fence, int millis) {
    static const char *const names[] = {"failed", "pending", "signalled"};
    struct file_info info = {0};
    int s = wait_fence(fence, millis);
    if (ioctl(fence, FILE_INFO, &info) < 0) say("FILE_INFO", -1);
    printf("%s: %s, FILE_INFO %s of %u\n", what, names[s + 1],
           info.status < 0 ? ename(-info.status) : info.status ? "signalled" : "active", info.num_fences);
}
static int exported(int fd) {
    int buffer;
    checked("EXPORT", ioctl(fd, EXPORT, &buffer));
    return buffer;
}
static int frame_fence(int fd, uint64_t frame) {
    struct frame_fence f = {frame, -1, 0};
    return ioctl(fd, FRAME_FENCE, &f) < 0 ? -1 : f.fd;
}
static int lowest(void) {
    int n = dup(0);
    close(n);
    return n;
}
/* Runs in a process of its own, which says when it is in a bracket, and is then killed or ends it. */
static pid_t holder(int buffer, int flags, int talk[2]) {
    pair(talk);
    pid_t pid = fork();
    if (pid == 0) {
        char c;
        checked("begin", sync_buffer(buffer, flags));
        write(talk[1], "b", 1);
        read(talk[1], &c, 1);
        checked("end", sync_buffer(buffer, END | flags));
        write(talk[1], "e", 1);
        pause();
    }
    char c;
    read(talk[0], &c, 1);
    return pid;
}
static void end(pid_t pid, int talk[2], int ends) {
    char c;
    if (ends) {
        write(talk[0], "x", 1);
        read(talk[0], &c, 1);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    close(talk[0]);
    close(talk[1]);
}
static void brackets(int fd) {
    int buffer = exported(fd), talk[2];
    state("nobody", fence_of(buffer, READ | WRITE), 0);
    pid_t pid = holder(buffer, WRITE, talk);
    int fence = fence_of(buffer, READ);
    state("while another writes", fence, 20);
    end(pid, talk, 1);
    state("after its end", fence, 20000);
    pid = holder(buffer, READ, talk);
    state("for reading while another reads", fence_of(buffer, READ), 0);
    int second = fence_of(buffer, WRITE);
    state("for writing while another reads", second, 0);
    end(pid, talk, 0);
    state("after kill -9", second, 20000);
    struct merge m = {"both", fence, -1, 0, 0};
    say("MERGE", ioctl(second, MERGE, &m));
    state("merged of a good and a bad one", m.fence, 0);
    struct merge bad = {"x", 0, -1, 0, 0}, flags = {"x", fence, -1, 1, 0};
    say("MERGE with standard input", ioctl(fence, MERGE, &bad));
    say("MERGE with flags", ioctl(fence, MERGE, &flags));
    say("MERGE with nothing", ioctl(fence, MERGE, NULL));
    close(buffer);
}
static void information(int fd) {
    int buffer = exported(fd), talk[2], other[2];
    pid_t one = holder(buffer, WRITE, talk), two = holder(buffer, WRITE, other);
    int fence = fence_of(buffer, WRITE);
    struct fence_info all[4] = {0};
    struct file_info info = {.num_fences = 1, .fences = (uintptr_t)all};
    say("FILE_INFO with room for one of two", ioctl(fence, FILE_INFO, &info));
    info.num_fences = 4;
    say("FILE_INFO with room for four", ioctl(fence, FILE_INFO, &info));
    printf("  %s: %u, %s %d %s, then %d\n", info.name, info.num_fences, all[0].driver_name, all[0].status,
           all[0].timestamp_ns ? "timed" : "-", all[1].status);
    end(one, talk, 1);
    end(two, other, 1);
    info.num_fences = 4;
    state("both have ended", fence, 20000);
    ioctl(fence, FILE_INFO, &info);
    printf("  %d %s\n", all[0].status, all[0].timestamp_ns ? "timed" : "-");
    info.flags = 1;
    say("FILE_INFO with flags", ioctl(fence, FILE_INFO, &info));
    say("FILE_INFO of nothing", ioctl(fence, FILE_INFO, NULL));
    struct deadline d = {1, 0}, padded = {1, 1};
    say("SET_DEADLINE", ioctl(fence, SET_DEADLINE, &d));
    say("SET_DEADLINE with padding", ioctl(fence, SET_DEADLINE, &padded));
    char c;
    say("read of a fence", read(fence, &c, 1));
    say("mmap of a fence", mmap(0, 4096, PROT_READ, MAP_SHARED, fence, 0) == MAP_FAILED ? -1 : 0);
    say("PVERSION of a fence", ioctl(fence, SNDRV_PCM_IOCTL_PVERSION, &c));
    int before = lowest();
    uint32_t *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *page = READ;
    mprotect(page, 4096, PROT_READ);
    say("EXPORT_SYNC_FILE into a page that cannot be written", ioctl(buffer, EXPORT_SYNC_FILE, page));
    say("EXPORT_SYNC_FILE of no access", fence_of(buffer, 0));
    say("EXPORT_SYNC_FILE of an unknown access", fence_of(buffer, 8));
    say("IMPORT_SYNC_FILE of standard input", add_fence(buffer, WRITE, 0));
    say("IMPORT_SYNC_FILE of no access", add_fence(buffer, 0, fence));
    say("IMPORT_SYNC_FILE from nothing", ioctl(buffer, IMPORT_SYNC_FILE, NULL));
    printf("descriptors leaked: %d\n", lowest() - before);
    close(buffer);
}
static void alarmed(int n) { (void)n; }
static void waits(int fd, int other) {
    int x = exported(fd), y = exported(other), talk[2], c = 0;
    checked("begin", sync_buffer(x, WRITE));
    int mine = fence_of(x, READ);
    checked("add", add_fence(x, WRITE, mine));
    say("begin again, waiting for oneself", sync_buffer(x, WRITE));
    pair(talk);
    pid_t pid = fork();
    if (pid == 0) { /* has y, and then wants x */
        checked("begin", sync_buffer(y, WRITE));
        checked("add", add_fence(y, WRITE, fence_of(y, READ)));
        write(talk[1], "y", 1);
        int r = sync_buffer(x, WRITE);
        write(talk[1], r < 0 ? "n" : "x", 1);
        _exit(0);
    }
    read(talk[0], &c, 1);
    msleep(50);
    say("begin, which would close the circle", sync_buffer(y, WRITE));
    struct sigaction interrupt = {.sa_handler = alarmed};
    checked("end", sync_buffer(x, END | WRITE));
    read(talk[0], &c, 1);
    printf("the other got %s\n", c == 'x' ? "what it waited for" : "an error");
    waitpid(pid, NULL, 0);
    say("begin after the other has died with it", sync_buffer(y, WRITE));
    sync_buffer(y, END | WRITE);

    pid_t holds = holder(x, WRITE, talk);
    checked("add", add_fence(x, WRITE, fence_of(x, READ)));
    sigaction(SIGALRM, &interrupt, NULL);
    struct itimerval soon = {{0, 0}, {0, 50000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    say("begin until a signal comes", sync_buffer(x, READ));
    kill(holds, SIGKILL);
    say("begin after the holder was killed", sync_buffer(x, READ));
    waitpid(holds, NULL, 0);
    sync_buffer(x, END | READ);
    close(x);
    close(y);
}
static void frames(int fd) {
    int buffer = exported(fd);
    pointers(fd, 3000);
    int written = fence_of(buffer, WRITE), middle = frame_fence(fd, 1500), far = frame_fence(fd, 3500);
    state("what was written, before the start", written, 20);
    say("a frame beyond the boundary", frame_fence(fd, -1));
    struct frame_fence flags = {10, -1, 1};
    say("a frame with flags", ioctl(fd, FRAME_FENCE, &flags));
    say("a frame of nothing", ioctl(fd, FRAME_FENCE, NULL));
    checked("START", ioctl(fd, SNDRV_PCM_IOCTL_START));
    state("a frame in the middle", middle, 20000);
    long hw = pointers(fd, -1).s.status.hw_ptr;
    printf("told %s\n", hw < 1500 ? "early" : hw < 1900 ? "in time" : "late");
    state("a frame that was passed", frame_fence(fd, 10), 0);
    state("what was written", written, 20000);
    state("a frame that the xrun lost", far, 20000);
    say("a frame after the xrun", frame_fence(fd, 3600));
    close(buffer);
    ioctl(fd, SNDRV_PCM_IOCTL_PREPARE);
}
static void lives(const char *player, int in, int out) {
    int fd = opened(player);
    configure(fd, RATE, PERIOD, FRAMES);
    int buffer = exported(fd);
    char *m = mmap(0, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0);
    say("mmap", m == MAP_FAILED ? -1 : 0);
    say("mmap beyond its end", mmap(0, PAGES, PROT_READ, MAP_SHARED, buffer, 4096) == MAP_FAILED ? -1 : 0);
    strcpy(m, "still there");
    say("ATTACH to another card", ioctl(out, ATTACH, &buffer));
    say("ATTACH twice", ioctl(out, ATTACH, &buffer));
    int same = exported(out);
    char *n = mmap(0, PAGES, PROT_READ, MAP_SHARED, same, 0);
    printf("exported from there: \"%s\"\n", n);
    munmap(n, PAGES);
    close(same);
    close(fd);
    close(buffer);
    printf("after the last close: \"%s\"\n", m);
    char *o = mmap(0, PAGES, PROT_READ, MAP_SHARED, out, 0);
    printf("in the ring that it is attached to: \"%s\"\n", o);
    munmap(o, PAGES);
    pointers(out, FRAMES);
    checked("START", ioctl(out, SNDRV_PCM_IOCTL_START));
    say("DETACH while it runs", ioctl(out, DETACH));
    o = mmap(0, PAGES, PROT_READ, MAP_SHARED, out, 0);
    printf("then: \"%s\", state %s\n", o, sname(pointers(out, -1).s.status.state));
    munmap(o, PAGES);
    say("DETACH twice", ioctl(out, DETACH));
    ioctl(out, SNDRV_PCM_IOCTL_DROP);
    say("the device is free again", fd = open(player, O_RDWR | O_NONBLOCK));
    printf("and the memory: \"%s\"\n", m);
    configure(fd, RATE, PERIOD, 2000);
    buffer = exported(fd);
    say("ATTACH of one that is too short", ioctl(out, ATTACH, &buffer));
    buffer = exported(out);
    say("ATTACH to a recorder", ioctl(in, ATTACH, &buffer));
    configure(in, RATE, PERIOD, FRAMES);
    say("DETACH after new parameters", ioctl(in, DETACH));
}
int main(int argc, char **argv) {
    (void)argc;
    setvbuf(stdout, NULL, _IOLBF, 0);
    int fd = opened(argv[1]), in = opened(argv[2]), out = opened(argv[3]);
    configure(fd, RATE, PERIOD, FRAMES);
    configure(in, RATE, PERIOD, FRAMES);
    configure(out, RATE, PERIOD, FRAMES);
    brackets(fd);
    information(fd);
    waits(fd, out);
    frames(fd);
    close(fd);
    lives(argv[1], in, out);
    return 0;
}
