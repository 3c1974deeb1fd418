package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.share.Permissions;
import io.pcmshare.sys.Arch;
import io.pcmshare.sys.BpfProgram;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Memfd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.Seccomp;
import io.pcmshare.sys.SeccompAction;
import io.pcmshare.sys.SeccompNotification;
import io.pcmshare.sys.SeccompNotify;
import io.pcmshare.sys.Syscall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * The kernel says which system calls a player's loop makes: its thread is supervised, and whatever
 * is not waiting is noted before it goes on.
 */
final class PlayerSystemCallsTest {
    private static final long PERIOD = 240;
    private static final int ONE_SECOND = 48_000;
    private static final int FIRST_WATCHED = 2;

    /** A call of the loop is there every time, one of the virtual machine's for itself once. */
    private static final int LAST_ROUND = 4;

    @TempDir private Path folder;

    /**
     * By number; plain memory, because whoever notes must need nothing that a stopped thread holds.
     */
    private final boolean[] made = new boolean[1024];

    private volatile boolean inLoop;
    private volatile boolean over;
    private volatile int polled;

    @ParameterizedTest
    @ValueSource(strings = {"pages", "buffer"})
    @Timeout(60)
    void aPlayersLoopMakesNoSystemCallButWaiting(String granted) throws Exception {
        SeccompAction notify = SeccompAction.notifyListener();
        assumeTrue(Seccomp.actionAvailable(notify), "this kernel cannot notify of system calls");
        Permissions permissions = granted.equals("pages") ? Permissions.PAGES : Permissions.BUFFER;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // often enough without anybody watching, as fast as it goes and then in real time, that the
        // virtual machine has
        // loaded
        // and linked all it will ever want: what it does for itself is not the loop's
        boolean clean = false;
        for (int round = 0; round <= LAST_ROUND && !clean; round++) {
            boolean watched = round >= FIRST_WATCHED;
            Arrays.fill(made, false);
            Path place = Files.createDirectory(folder.resolve("round-" + round));
            boolean lockstep = round == 0 && permissions.equals(Permissions.PAGES);
            try (TestHost host = new TestHost(place, permissions, lockstep, PERIOD, 100 * PERIOD)) {
                SeccompAction action = watched ? notify : SeccompAction.allow();
                Thread player =
                        Thread.ofPlatform()
                                .name("player")
                                .start(() -> play(host, lockstep, action, failure));
                player.join();
            }
            clean = watched && names().isEmpty();
        }
        if (failure.get() instanceof ErrnoException refused && refused.call().equals("seccomp")) {
            assumeTrue(false, "already supervised: " + refused.getMessage());
        }
        assertThat(failure.get()).isNull();
        assertThat(names()).as("system calls of the loop beside waiting").isEmpty();
    }

    @Test
    void theSupervisionWouldNoticeAnotherCall() throws Exception {
        SeccompAction notify = SeccompAction.notifyListener();
        assumeTrue(Seccomp.actionAvailable(notify), "this kernel cannot notify of system calls");
        Fd input = Memfd.create("input", 0);
        assertThat(Poll.once(input, Poll.POLLIN, 0)).as("classes loaded").isNotNegative();
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        supervise(notify);
                                        inLoop = true;
                                        polled = Poll.once(input, Poll.POLLIN, 0);
                                        inLoop = false;
                                    } catch (ErrnoException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        thread.join();
        over = true;
        input.close();

        assertThat(polled).isNotNegative();
        assertThat(names()).containsAnyOf("poll", "ppoll");
    }

    private void play(
            TestHost host,
            boolean lockstep,
            SeccompAction notify,
            AtomicReference<Throwable> failure) {
        try (Arena arena = Arena.ofShared();
                Connection connection = Connection.open(host.path);
                StreamMemory memory = connection.request(false)) {
            boolean pages = memory.permissions().equals(Permissions.PAGES);
            boolean watched = !notify.equals(SeccompAction.allow());
            long seconds = lockstep ? 120 : 2;
            MemorySegment samples = arena.allocate(seconds * ONE_SECOND * 4);
            Player player =
                    pages
                            ? new PagePlayer(connection, memory, samples, WakeListener.NONE)
                            : new PredictingPlayer(memory, samples, WakeListener.NONE);
            long start = connection.start(player.prefill());
            if (watched) {
                supervise(notify);
            }
            inLoop = watched;
            player.play(start);
            inLoop = false;
            over = false;
        } catch (Exception | Error e) {
            failure.set(e);
            over = true;
        }
    }

    /** From here on the calling thread's calls, other than waiting, are told to another thread. */
    private void supervise(SeccompAction notify) throws ErrnoException {
        BpfProgram program =
                BpfProgram.builder()
                        .arch(
                                Arch.current(),
                                rules -> {
                                    rules.answer(
                                            SeccompAction.allow(),
                                            Syscall.FUTEX,
                                            Syscall.CLOCK_NANOSLEEP);
                                    rules.otherwise(notify);
                                })
                        .otherArch(SeccompAction.allow())
                        .build();
        AtomicReference<Fd> listener = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("supervisor").start(() -> note(listener, ready));
        try {
            ready.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        listener.set(Seccomp.installListener(program));
    }

    /**
     * Everything this thread will need is loaded before the other is supervised: a class loaded
     * later could wait for a lock that the other holds while it waits for us.
     */
    private void note(AtomicReference<Fd> listener, CountDownLatch ready) {
        SeccompNotification notification = new SeccompNotification();
        try (Fd nothing = Memfd.create("no listener", 0);
                SeccompNotify rehearsal = SeccompNotify.take(nothing.dup())) {
            int refused = rehearsal.receive(notification) + rehearsal.continueCall(0);
            ready.countDown();
            while (listener.get() == null || refused == 0) {
                Thread.onSpinWait();
            }
            SeccompNotify notifications = SeccompNotify.take(listener.get());
            // when the last thread that has the filter is gone, the listener hangs up
            while ((Poll.once(notifications.fd(), Poll.POLLIN, 1000) & Poll.POLLHUP) == 0) {
                if (notifications.receive(notification) == 0) {
                    if (inLoop && !over) {
                        made[notification.nr()] = true;
                    }
                    notifications.continueCall(notification.id());
                }
            }
            notifications.close();
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> names() {
        return IntStream.range(0, made.length)
                .filter(nr -> made[nr])
                .mapToObj(PlayerSystemCallsTest::nameOf)
                .toList();
    }

    private static String nameOf(int nr) {
        List<String> names =
                Arrays.stream(Syscall.values())
                        .filter(call -> call.nr() == nr)
                        .map(Syscall::callName)
                        .toList();
        return names.isEmpty() ? "number " + nr : new TreeSet<>(names).first();
    }
}
