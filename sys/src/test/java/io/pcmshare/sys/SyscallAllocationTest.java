package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The calls of the real-time path allocate nothing. */
@NoFdLeaks
@Timeout(120)
final class SyscallAllocationTest {
    private static final int CALLS = 5000;

    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    /** A call as the audio path makes it, by itself: the compiler sees all of it at once. */
    @FunctionalInterface
    private interface Call {
        long run() throws ErrnoException;
    }

    @Test
    void waitingWakingReadingAndWritingAllocateNothing() throws Exception {
        try (Fd file = Memfd.create("page", 4096);
                Mapping mapping = Mapping.map(file, 0, 4096, READ_WRITE, Mapping.MAP_SHARED);
                Pipe pipe = Pipe.create(Fd.O_NONBLOCK);
                EventFd event = EventFd.create(0);
                Epoll epoll = Epoll.create(4)) {
            epoll.add(event.fd(), Epoll.EPOLLIN, 7);
            MemorySegment page = mapping.segment();
            Map<String, Call> calls = new LinkedHashMap<>();
            calls.put("futex wait, changed", () -> Futex.wait(page, 0, 1, 1));
            calls.put("futex wait, timed out", () -> Futex.wait(page, 0, 0, 1));
            calls.put("futex wake", () -> Futex.wake(page, 0, 1));
            calls.put("clocks", () -> Clocks.monotonicNanos() + Clocks.threadCpuNanos());
            calls.put("sleep", () -> Clocks.sleepUntilMonotonic(1));
            calls.put(
                    "pwrite",
                    () -> {
                        file.pwrite(page, 8, 64, 128);
                        return 0;
                    });
            calls.put("pipe write", () -> pipe.writeEnd().write(page, 8, 64));
            calls.put("pipe read", () -> pipe.readEnd().read(page, 8, 64));
            calls.put("eventfd add", () -> event.add(1));
            calls.put("epoll wait", () -> epoll.wait(0) + epoll.events(0) + epoll.data(0));
            calls.put("eventfd drain", event::drain);
            calls.put("poll", () -> Poll.once(event.fd(), Poll.POLLIN, 0));
            calls.put("ioctl", () -> Syscalls.ioctl(file, 0x4101, page));
            for (Map.Entry<String, Call> each : calls.entrySet()) {
                Call call = each.getValue();
                long bytes = Allocations.bytesOnceWarm(() -> repeat(call));
                assertThat(bytes).as("%s: bytes in %s calls", each.getKey(), CALLS).isZero();
            }
        }
    }

    private static void repeat(Call call) {
        try {
            for (int i = 0; i < CALLS; i++) {
                var _ = call.run(); // what the kernel does, no compiler leaves out
            }
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }
}
