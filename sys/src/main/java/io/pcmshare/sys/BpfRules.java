package io.pcmshare.sys;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.BpfAssembler.Label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a filter answers to the calls of one architecture: the first rule that fits decides. A call
 * this architecture does not have makes no rule.
 */
public final class BpfRules {
    /** Calls of the x32 ABI have this bit. Kernel: uapi/asm/unistd.h, __X32_SYSCALL_BIT. */
    static final int X32_BIT = 0x40000000;

    private static final int CALLS_IN_REACH = 200;

    private final Arch arch;
    private final List<Consumer<BpfAssembler>> rules = new ArrayList<>();
    private SeccompAction otherwise = SeccompAction.killProcess();

    BpfRules(Arch arch) {
        this.arch = arch;
    }

    /** Answers these calls, whatever their arguments. */
    public BpfRules answer(SeccompAction action, Syscall... calls) {
        return answer(action, numbers(calls));
    }

    /** As {@link #answer(SeccompAction, Syscall...)}, for architectures without a table here. */
    public BpfRules answer(SeccompAction action, int... numbers) {
        for (int from = 0; from < numbers.length; from += CALLS_IN_REACH) {
            int to = Math.min(from + CALLS_IN_REACH, numbers.length);
            int[] group = Arrays.copyOfRange(numbers, from, to);
            rules.add(assembler -> emitGroup(assembler, action, group));
        }
        return this;
    }

    /** Answers a call if all tests of its arguments hold. */
    public BpfRules answerIf(SeccompAction action, Syscall call, ArgumentTest... tests) {
        for (int number : numbers(call)) {
            answerIf(action, number, tests);
        }
        return this;
    }

    /** As {@link #answerIf(SeccompAction, Syscall, ArgumentTest...)}, by number. */
    public BpfRules answerIf(SeccompAction action, int number, ArgumentTest... tests) {
        ArgumentTest[] all = tests.clone();
        rules.add(assembler -> emitTests(assembler, action, number, all));
        return this;
    }

    /** Answers every call that fits no rule; without this the process is killed. */
    public BpfRules otherwise(SeccompAction action) {
        otherwise = action;
        return this;
    }

    private int[] numbers(Syscall... calls) {
        return Arrays.stream(calls).mapToInt(call -> call.nr(arch)).filter(nr -> nr >= 0).toArray();
    }

    Arch arch() {
        return arch;
    }

    void emit(BpfAssembler assembler) {
        if (arch == Arch.X86_64) {
            Label native64 = new Label();
            Label x32 = new Label();
            assembler.load(BpfAssembler.NR);
            assembler.branch(BpfInstruction.JUMP_AT_LEAST, X32_BIT, x32, native64);
            assembler.place(x32);
            assembler.answer(SeccompAction.errno(Errno.ENOSYS));
            assembler.place(native64);
        }
        rules.forEach(rule -> rule.accept(assembler));
        assembler.answer(otherwise);
    }

    private static void emitGroup(BpfAssembler assembler, SeccompAction action, int[] numbers) {
        Label hit = new Label();
        Label next = new Label();
        assembler.load(BpfAssembler.NR);
        for (int i = 0; i < numbers.length - 1; i++) {
            assembler.branchIf(BpfInstruction.JUMP_EQUAL, numbers[i], hit);
        }
        assembler.branchUnless(BpfInstruction.JUMP_EQUAL, numbers[numbers.length - 1], next);
        assembler.place(hit);
        assembler.answer(action);
        assembler.place(next);
    }

    private static void emitTests(
            BpfAssembler assembler, SeccompAction action, int number, ArgumentTest[] tests) {
        Label next = new Label();
        assembler.load(BpfAssembler.NR);
        assembler.branchUnless(BpfInstruction.JUMP_EQUAL, number, next);
        for (ArgumentTest test : tests) {
            emitTest(assembler, test, next);
        }
        assembler.answer(action);
        assembler.place(next);
    }

    /** A filter compares 32 bits at a time: the upper half first, then the lower. */
    private static void emitTest(BpfAssembler assembler, ArgumentTest test, Label fails) {
        Label holds = new Label();
        int upperMask = (int) (test.mask() >>> Integer.SIZE);
        int upper = (int) (test.value() >>> Integer.SIZE);
        int lowerMask = (int) test.mask();
        int lower = (int) test.value();
        if (upperMask != 0) {
            assembler.loadArgument(test.index(), true);
            assembler.and(upperMask);
            if (test.comparison() == ArgumentTest.Comparison.AT_LEAST) {
                assembler.branchIf(BpfInstruction.JUMP_GREATER, upper, holds);
            }
            assembler.branchUnless(BpfInstruction.JUMP_EQUAL, upper, fails);
        }
        assembler.loadArgument(test.index(), false);
        assembler.and(lowerMask);
        int condition =
                switch (test.comparison()) {
                    case EQUAL -> BpfInstruction.JUMP_EQUAL;
                    case AT_LEAST -> BpfInstruction.JUMP_AT_LEAST;
                };
        assembler.branchUnless(condition, lower, fails);
        assembler.place(holds);
    }
}
