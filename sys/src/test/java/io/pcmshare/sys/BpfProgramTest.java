package io.pcmshare.sys;

import static io.pcmshare.sys.ArgumentTest.argument;
import static io.pcmshare.sys.ArgumentTest.intArgument;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

final class BpfProgramTest {
    private static final SeccompAction ALLOW = SeccompAction.allow();
    private static final SeccompAction EPERM = SeccompAction.errno(Errno.EPERM);
    private static final int CASES = 2_000;

    private static BpfProgram oneTest(ArgumentTest... tests) {
        return BpfProgram.builder()
                .arch(Arch.X86_64, rules -> rules.answerIf(EPERM, 1, tests).otherwise(ALLOW))
                .build();
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        BpfProgram program =
                BpfProgram.builder()
                        .arch(
                                Arch.X86_64,
                                rules ->
                                        rules.answerIf(EPERM, Syscall.IOCTL, intArgument(1).is(7))
                                                .answer(ALLOW, Syscall.IOCTL)
                                                .otherwise(SeccompAction.notifyListener()))
                        .build();
        assertThat(program.answerTo(Arch.X86_64, 16, 0, 7)).isEqualTo(EPERM);
        assertThat(program.answerTo(Arch.X86_64, 16, 0, 8)).isEqualTo(ALLOW);
        assertThat(program.answerTo(Arch.X86_64, 17, 0, 7))
                .isEqualTo(SeccompAction.notifyListener());
    }

    @Test
    void aCallOfAnotherArchitectureIsNeverTakenForOneOfThis() {
        BpfProgram program =
                BpfProgram.builder()
                        .arch(Arch.X86_64, rules -> rules.otherwise(ALLOW))
                        .arch(Arch.I386, rules -> rules.answer(EPERM, 5).otherwise(ALLOW))
                        .build();
        assertThat(program.answerTo(Arch.X86_64, 5)).isEqualTo(ALLOW);
        assertThat(program.answerTo(Arch.I386, 5)).isEqualTo(EPERM);
        assertThat(program.answerTo(Arch.ARM, 5)).isEqualTo(SeccompAction.killProcess());
    }

    @Test
    void x32CallsAreNotThere() {
        assertThat(oneTest().answerTo(Arch.X86_64, 1 | BpfRules.X32_BIT))
                .isEqualTo(SeccompAction.errno(Errno.ENOSYS));
    }

    @Test
    void anIntArgumentIgnoresTheUpperHalf() {
        BpfProgram program = oneTest(intArgument(1).masked(0xff00).is('A' << 8));
        assertThat(program.answerTo(Arch.X86_64, 1, 0, 0x1234_5678_c004_41ffL)).isEqualTo(EPERM);
        assertThat(program.answerTo(Arch.X86_64, 1, 0, 0x4200)).isEqualTo(ALLOW);
    }

    @Test
    void groupsTooLargeForOneJumpStillHit() {
        int[] numbers = java.util.stream.IntStream.range(0, 450).toArray();
        BpfProgram program =
                BpfProgram.builder()
                        .arch(Arch.X86_64, rules -> rules.answer(ALLOW, numbers).otherwise(EPERM))
                        .build();
        assertThat(
                        Arrays.stream(numbers)
                                .allMatch(nr -> program.answerTo(Arch.X86_64, nr).equals(ALLOW)))
                .isTrue();
        assertThat(program.answerTo(Arch.X86_64, 450)).isEqualTo(EPERM);
    }

    @Test
    void testsOnHalvesAgreeWithTestsOnRegisters() {
        Seeds.forEach(
                CASES,
                random -> {
                    // few bits, so that equal halves and carries are frequent
                    long mask = random.nextBoolean() ? -1 : random.nextLong();
                    long value = (random.nextLong(4) << 32 | random.nextLong(4)) & mask;
                    long register = random.nextLong(4) << 32 | random.nextLong(4);
                    ArgumentTest.Argument argument = argument(3).masked(mask);
                    for (ArgumentTest test :
                            new ArgumentTest[] {argument.is(value), argument.isAtLeast(value)}) {
                        assertThat(oneTest(test).answerTo(Arch.X86_64, 1, 0, 0, 0, register))
                                .as("%s of %x", test, register)
                                .isEqualTo(test.holds(register) ? EPERM : ALLOW);
                    }
                });
    }

    @Test
    void theSandboxAnswersAProgramThatAsksForMore() {
        BpfProgram profile = SandboxProfile.create(100);
        Arch arch = Arch.current();
        assertThat(profile.answerTo(arch, Syscall.CLONE.nr(), 0x3d0f00)).isEqualTo(ALLOW);
        assertThat(profile.answerTo(arch, Syscall.CLONE.nr(), 0x1200011)).isEqualTo(EPERM);
        assertThat(profile.answerTo(arch, Syscall.CLONE.nr(), 0x103d0f00)).isEqualTo(EPERM);
        assertThat(profile.answerTo(arch, Syscall.TGKILL.nr(), 100, 7, 9)).isEqualTo(ALLOW);
        assertThat(profile.answerTo(arch, Syscall.TGKILL.nr(), 101, 7, 9)).isEqualTo(EPERM);
        assertThat(profile.answerTo(arch, 450)).isEqualTo(EPERM);
        assertThat(profile.answerTo(Arch.I386, 5)).isEqualTo(SeccompAction.killProcess());
    }
}
