package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/** The calls of the real-time path allocate nothing. */
@NoFdLeaks
@Timeout(120)
final class SyscallAllocationTest {
    private static final int CYCLES = 10_000;

    /** The compiler may still be at it in the first; what every cycle allocates is in all. */
    private static final int ROUNDS = 10;

    /** Enough for the second compiler, which the interpreter's own allocations depend on. */
    private static final int WARM_UP = 20_000;

    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    /** One cycle of a thread that is woken, moves something, and waits. */
    private record Cycle(MemorySegment page, Fd file, Pipe pipe, EventFd event, Epoll epoll) {
        long run() throws ErrnoException {
            long sum = Futex.wait(page, 0, 1, 1);
            sum += Futex.wake(page, 0, 1);
            sum += Futex.wait(page, 0, 0, 1);
            sum += Clocks.monotonicNanos() + Clocks.threadCpuNanos();
            sum += Clocks.sleepUntilMonotonic(1);
            file.pwrite(page, 8, 64, 128);
            sum += pipe.writeEnd().write(page, 8, 64);
            sum += pipe.readEnd().read(page, 8, 64);
            sum += event.add(1);
            sum += epoll.wait(0);
            sum += epoll.events(0) + epoll.data(0);
            sum += event.drain() + Poll.once(event.fd(), Poll.POLLIN, 0);
            sum += Syscalls.ioctl(file, 0x4101, page);
            return sum;
        }
    }

    @Test
    void waitingWakingReadingAndWritingAllocateNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Fd file = Memfd.create("page", 4096);
                Mapping page = Mapping.map(file, 0, 4096, READ_WRITE, Mapping.MAP_SHARED);
                Pipe pipe = Pipe.create(Fd.O_NONBLOCK);
                EventFd event = EventFd.create(0);
                Epoll epoll = Epoll.create(4)) {
            epoll.add(event.fd(), Epoll.EPOLLIN, 7);
            Cycle cycle = new Cycle(page.segment(), file, pipe, event, epoll);
            long sum = 0;
            for (int i = 0; i < WARM_UP; i++) {
                sum += cycle.run();
            }
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && allocated != 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CYCLES; i++) {
                    sum += cycle.run();
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).as("bytes in %s cycles, sum=%s", CYCLES, sum).isZero();
        }
    }
}
