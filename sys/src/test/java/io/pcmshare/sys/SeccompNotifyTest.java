package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;

/** A thread whose {@code getppid} and {@code uname} are supervised by another. */
@NoFdLeaks
@Timeout(60)
final class SeccompNotifyTest {
    private static final BpfProgram FILTER =
            BpfProgram.builder()
                    .arch(
                            Arch.current(),
                            rules ->
                                    rules.answer(SeccompAction.notifyListener(), Syscall.GETPPID)
                                            .otherwise(SeccompAction.allow()))
                    .build();

    @BeforeEach
    void needsNotifications() {
        assumeTrue(
                Seccomp.actionAvailable(SeccompAction.notifyListener()),
                "this kernel does not notify of system calls");
    }

    /** A filtered thread that makes one call, and what the call returned. */
    private record Target(SeccompNotify listener, CompletableFuture<Long> result) {
        static Target start() {
            CompletableFuture<SeccompNotify> listener = new CompletableFuture<>();
            CompletableFuture<Long> result = new CompletableFuture<>();
            Thread.ofPlatform()
                    .start(
                            () -> {
                                try {
                                    Fd fd = Seccomp.installListener(FILTER);
                                    listener.complete(SeccompNotify.take(fd));
                                    result.complete(Syscalls.call(Syscall.GETPPID, 11, 22));
                                } catch (ErrnoException failure) {
                                    listener.completeExceptionally(failure);
                                }
                            });
            return new Target(listener.join(), result);
        }

        SeccompNotification receive() {
            SeccompNotification notification = new SeccompNotification();
            assertThat(listener.receive(notification)).isZero();
            return notification;
        }
    }

    @Test
    void aSupervisedCallReturnsWhatTheSupervisorAnswers() {
        Target target = Target.start();
        try (SeccompNotify listener = target.listener()) {
            SeccompNotification call = target.receive();
            assertThat(call.nr()).isEqualTo(Syscall.GETPPID.nr());
            assertThat(call.auditArch()).isEqualTo(Arch.current().auditArch());
            assertThat(call.argument(1)).isEqualTo(22);
            assertThat(listener.isValid(call.id())).isTrue();
            assertThat(listener.answer(call.id(), 1234)).isZero();
            assertThat(target.result().join()).isEqualTo(1234);
            assertThat(listener.isValid(call.id())).isFalse();
            assertThat(listener.answer(call.id(), 1)).isEqualTo(Errno.ENOENT.negated());
        }
    }

    @Test
    void aSupervisedCallFailsAsTheSupervisorAnswers() {
        Target target = Target.start();
        try (SeccompNotify listener = target.listener()) {
            SeccompNotification call = target.receive();
            assertThat(listener.answer(call.id(), Errno.EBADFD.negated())).isZero();
            assertThat(target.result().join()).isEqualTo(Errno.EBADFD.negated());
        }
    }

    @Test
    void aContinuedCallIsMadeByTheKernel() {
        Target target = Target.start();
        try (SeccompNotify listener = target.listener()) {
            assertThat(listener.continueCall(target.receive().id())).isZero();
            long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
            assertThat(target.result().join()).isEqualTo(parent);
        }
    }

    @Test
    void aDescriptorIsGivenTogetherWithTheAnswer() throws Exception {
        Target target = Target.start();
        try (SeccompNotify listener = target.listener();
                Fd given = Memfd.create("given", 1);
                Fd other = Memfd.create("other", 1)) {
            SeccompNotification call = target.receive();
            // the target is a thread of this process, hence the numbers are ours
            int number = listener.addFd(call.id(), given, Fd.O_CLOEXEC);
            assertThat(listener.replaceFd(call.id(), other, number, Fd.O_CLOEXEC))
                    .isEqualTo(number);
            try (Fd added = Fd.take(number)) {
                assertThat(added.inode()).isEqualTo(other.inode());
            }
            int answered = listener.addFdAndAnswer(call.id(), given, Fd.O_CLOEXEC);
            assertThat(target.result().join()).isEqualTo(answered);
            try (Fd added = Fd.take(answered)) {
                assertThat(added.inode()).isEqualTo(given.inode());
            }
        }
    }

    @Test
    void theListenerHangsUpWhenTheLastFilteredThreadIsGone() {
        Target target = Target.start();
        try (SeccompNotify listener = target.listener()) {
            int flags = listener.setFlags(SeccompNotify.SYNC_WAKE_UP);
            assertThat(flags).isIn(0, Errno.EINVAL.negated()); // before Linux 6.6
            assertThat(Poll.once(listener.fd(), Poll.POLLIN, -1) & Poll.POLLIN)
                    .isEqualTo(Poll.POLLIN);
            assertThat(listener.answer(target.receive().id(), 0)).isZero();
            assertThat(Poll.once(listener.fd(), Poll.POLLIN, -1)).isEqualTo(Poll.POLLHUP);
        }
    }

    @Test
    void theRequestsAreTheKernels() { // linux/seccomp.h, a C compiler's numbers
        assertThat(SeccompNotification.LAYOUT.byteSize()).isEqualTo(80);
        assertThat(NotifyAnswer.LAYOUT.byteSize()).isEqualTo(24);
        assertThat(NotifyAddFd.LAYOUT.byteSize()).isEqualTo(24);
    }
}
