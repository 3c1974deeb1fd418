/* share-orphan.c - waits for a fence that PcmShare keeps, and says what came of it.
 * usage: share-orphan DEVICE STARTED      makes the file STARTED when it waits */
#include "share-common.h"

int main(int argc, char **argv) {
    (void)argc;
    int fd = opened(argv[1]), buffer;
    configure(fd, 8000, 1000, 4000);
    checked("EXPORT", ioctl(fd, EXPORT, &buffer));
    checked("begin", sync_buffer(buffer, WRITE));
    int fence = checked("EXPORT_SYNC_FILE", fence_of(buffer, READ));
    close(creat(argv[2], 0600));
    printf("%s\n", wait_fence(fence, -1) < 0 ? "failed" : "signalled");
    return 0;
}
