package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

@NoFdLeaks
@Timeout(30)
final class WaitingTest {
    private static final long FOREVER = -1;
    private static final long ONE_MILLI = 1_000_000;
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    @Test
    void aWordThatHasChangedIsNotWaitedFor() throws Exception {
        try (Mapping page = Mapping.anonymous(4096, READ_WRITE)) {
            assertThat(Futex.wait(page.segment(), 0, 1, FOREVER)).isEqualTo(Errno.EAGAIN.negated());
            assertThat(Futex.wait(page.segment(), 0, 0, ONE_MILLI))
                    .isEqualTo(Errno.ETIMEDOUT.negated());
        }
    }

    @Test
    void aWaiterOnAReadOnlyMappingIsWokenThroughAnotherMapping() throws Exception {
        try (Fd fd = Memfd.create("word", 4096);
                Mapping mine = Mapping.map(fd, 0, 4096, Mapping.PROT_READ, Mapping.MAP_SHARED);
                Mapping theirs = Mapping.map(fd, 0, 4096, Mapping.PROT_READ, Mapping.MAP_SHARED)) {
            Thread waiter =
                    Thread.ofPlatform().start(() -> Futex.wait(mine.segment(), 8, 0, FOREVER));
            // until it sleeps there is nobody to wake
            while (Futex.wake(theirs.segment(), 8, 1) == 0) {
                Thread.onSpinWait();
            }
            waiter.join();
        }
    }

    @Test
    void aWakeUpThatTheKernelRefusesSaysWhy() throws Exception {
        try (Fd memfd = Memfd.create("wake", 4096);
                Mapping page = Mapping.map(memfd, 0, 4096, READ_WRITE, Mapping.MAP_SHARED)) {
            assertThat(Futex.wake(page.segment(), 6, 1)).isEqualTo(Errno.EINVAL.negated());
            assertThat(Futex.wake(page.segment(), 8, 1)).isZero();
        }
    }

    @Test
    void sleepingUntilATimeInThePastReturnsAtOnce() {
        assertThat(Clocks.sleepUntilMonotonic(0)).isZero();
        long until = Clocks.monotonicNanos() + ONE_MILLI;
        assertThat(Clocks.sleepUntilMonotonic(until)).isZero();
        assertThat(Clocks.monotonicNanos()).isGreaterThanOrEqualTo(until);
    }

    @Test
    void clocksAgreeWithTheVirtualMachines() {
        assertThat(Clocks.monotonicNanos())
                .isBetween(System.nanoTime() - 1_000 * ONE_MILLI, System.nanoTime() + ONE_MILLI);
        assertThat(Clocks.realtimeNanos() / ONE_MILLI)
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(1_000L));
        assertThat(Clocks.monotonicRawNanos()).isPositive();
        assertThat(Clocks.threadCpuNanos()).isPositive();
        int self = (int) ProcessHandle.current().pid();
        assertThat(ProcStatus.cpuNanos(self)).isLessThanOrEqualTo(Clocks.processCpuNanos());
    }

    @Test
    void anEventIsReportedOncePerChange() throws Exception {
        try (Epoll epoll = Epoll.create(4);
                EventFd event = EventFd.create(0)) {
            epoll.add(event.fd(), Epoll.EPOLLIN | Epoll.EPOLLET, 0x1234_5678_9abcL);
            assertThat(epoll.wait(0)).isZero();
            assertThat(event.add(3)).isZero();
            assertThat(epoll.wait(-1)).isEqualTo(1);
            assertThat(epoll.data(0)).isEqualTo(0x1234_5678_9abcL);
            assertThat(epoll.events(0)).isEqualTo(Epoll.EPOLLIN);
            assertThat(epoll.wait(0)).isZero();
            assertThat(event.drain()).isEqualTo(3);
            assertThat(event.drain()).isZero();
            epoll.del(event.fd());
        }
    }

    @Test
    void eachReadyDescriptorComesWithItsOwnData() throws Exception {
        try (Epoll epoll = Epoll.create(4);
                EventFd one = EventFd.create(1);
                EventFd two = EventFd.create(1)) {
            epoll.add(one.fd(), Epoll.EPOLLIN, 1);
            epoll.add(two.fd(), Epoll.EPOLLIN, 2);
            epoll.mod(two.fd(), Epoll.EPOLLIN, 3);
            assertThat(epoll.wait(-1)).isEqualTo(2);
            assertThat(new long[] {epoll.data(0), epoll.data(1)}).containsExactlyInAnyOrder(1, 3);
        }
    }

    @Test
    void aTimerCountsWhatWasMissed() throws Exception {
        try (TimerFd timer = TimerFd.create()) {
            assertThat(timer.expirations()).isZero();
            long now = Clocks.monotonicNanos();
            // ten expirations have passed before it is armed
            assertThat(timer.armAt(now - 10 * ONE_MILLI, ONE_MILLI)).isZero();
            assertThat(Poll.once(timer.fd(), Poll.POLLIN, -1)).isEqualTo(Poll.POLLIN);
            assertThat(timer.expirations()).isGreaterThanOrEqualTo(10);
            assertThat(timer.disarm()).isZero();
            assertThat(timer.expirations()).isZero();
        }
    }

    @Test
    void theLastReaderOfAPipeTakesWritingAway() throws Exception {
        try (Arena arena = Arena.ofConfined();
                Pipe pipe = Pipe.create(Fd.O_NONBLOCK)) {
            MemorySegment bytes = arena.allocate(4096);
            assertThat(Pipe.setCapacity(pipe.writeEnd(), 1)).isEqualTo(4096);
            assertThat(Poll.once(pipe.writeEnd(), Poll.POLLOUT, 0)).isEqualTo(Poll.POLLOUT);
            assertThat(pipe.writeEnd().write(bytes, 0, 4096)).isEqualTo(4096);
            assertThat(Poll.once(pipe.writeEnd(), Poll.POLLOUT, 0)).isZero();
            Poll both = new Poll(2);
            both.set(0, pipe.readEnd(), Poll.POLLIN);
            both.set(1, pipe.writeEnd(), Poll.POLLOUT);
            assertThat(both.poll(0)).isEqualTo(1);
            assertThat(both.revents(0)).isEqualTo(Poll.POLLIN);
            pipe.readEnd().close();
            assertThat(Poll.once(pipe.writeEnd(), Poll.POLLOUT, 0) & Poll.POLLERR)
                    .isEqualTo(Poll.POLLERR);
            assertThat(pipe.writeEnd().write(bytes, 0, 1)).isEqualTo(Errno.EPIPE.negated());
        }
    }
}
