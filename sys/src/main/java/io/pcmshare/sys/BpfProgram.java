package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.pcmshare.sys.BpfAssembler.Label;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A filter of system calls. It looks at the architecture first, and refuses the x32 ABI of x86-64
 * with ENOSYS, so that no number is taken for another call's. Man page: seccomp(2).
 */
public final class BpfProgram {
    private static final StructLayout INSTRUCTION =
            MemoryLayout.structLayout(
                    JAVA_SHORT.withName("code"),
                    JAVA_BYTE.withName("jt"),
                    JAVA_BYTE.withName("jf"),
                    JAVA_INT.withName("k"));
    private static final StructLayout PROGRAM =
            MemoryLayout.structLayout(
                    JAVA_SHORT.withName("len"),
                    MemoryLayout.paddingLayout(6),
                    JAVA_LONG.withName("filter"));
    private static final VarHandle CODE = element("code");
    private static final VarHandle JUMP_TRUE = element("jt");
    private static final VarHandle JUMP_FALSE = element("jf");
    private static final VarHandle OPERAND = element("k");
    private static final VarHandle LEN =
            PROGRAM.varHandle(MemoryLayout.PathElement.groupElement("len"));
    private static final VarHandle FILTER =
            PROGRAM.varHandle(MemoryLayout.PathElement.groupElement("filter"));

    /** BPF_MAXINSNS. Kernel: uapi/linux/bpf_common.h. */
    private static final int LONGEST = 4096;

    private final List<BpfInstruction> instructions;

    private BpfProgram(List<BpfInstruction> instructions) {
        if (instructions.size() > LONGEST) {
            throw new IllegalArgumentException("instructions=" + instructions.size());
        }
        this.instructions = instructions;
    }

    /** A filter without rules yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the rules of each architecture. */
    public static final class Builder {
        private final List<BpfRules> sections = new ArrayList<>();
        private SeccompAction otherArch = SeccompAction.killProcess();

        private Builder() {}

        /** Rules for the calls of one architecture. */
        public Builder arch(Arch arch, Consumer<BpfRules> rules) {
            BpfRules section = new BpfRules(arch);
            rules.accept(section);
            sections.add(section);
            return this;
        }

        /** Answers calls of an architecture without rules; without this the process is killed. */
        public Builder otherArch(SeccompAction action) {
            otherArch = action;
            return this;
        }

        /** The finished filter. */
        public BpfProgram build() {
            BpfAssembler assembler = new BpfAssembler();
            assembler.load(BpfAssembler.ARCH);
            List<Label> starts = new ArrayList<>();
            for (BpfRules section : sections) {
                Label start = new Label();
                Label next = new Label();
                assembler.branchUnless(BpfInstruction.JUMP_EQUAL, section.arch().auditArch(), next);
                assembler.jump(start); // a conditional jump would not reach that far
                assembler.place(next);
                starts.add(start);
            }
            assembler.answer(otherArch);
            for (int i = 0; i < starts.size(); i++) {
                assembler.place(starts.get(i));
                sections.get(i).emit(assembler);
            }
            return new BpfProgram(assembler.assemble());
        }
    }

    /** What this filter answers to a call; runs the program as the kernel does. */
    public SeccompAction answerTo(Arch arch, int number, long... arguments) {
        int accumulator = 0;
        for (int at = 0; ; at++) {
            BpfInstruction now = instructions.get(at);
            int operand = now.operand();
            int compared = Integer.compareUnsigned(accumulator, operand);
            switch (now.code()) {
                case BpfInstruction.LOAD -> accumulator = word(operand, arch, number, arguments);
                case BpfInstruction.AND -> accumulator &= operand;
                case BpfInstruction.JUMP -> at += operand;
                case BpfInstruction.JUMP_EQUAL -> at += jump(now, compared == 0);
                case BpfInstruction.JUMP_GREATER -> at += jump(now, compared > 0);
                case BpfInstruction.JUMP_AT_LEAST -> at += jump(now, compared >= 0);
                case BpfInstruction.RETURN -> {
                    return new SeccompAction(operand);
                }
                default -> throw new IllegalStateException(now.toString());
            }
        }
    }

    private static int jump(BpfInstruction instruction, boolean holds) {
        return holds ? instruction.jumpTrue() : instruction.jumpFalse();
    }

    private static int word(int offset, Arch arch, int number, long[] arguments) {
        if (offset == BpfAssembler.NR) {
            return number;
        }
        if (offset == BpfAssembler.ARCH) {
            return arch.auditArch();
        }
        int index = offset / Long.BYTES - 2;
        long argument = index < arguments.length ? arguments[index] : 0;
        return (int) (offset % Long.BYTES == 0 ? argument : argument >>> Integer.SIZE);
    }

    /** How many instructions it has. */
    public int size() {
        return instructions.size();
    }

    /** A {@code struct sock_fprog} to pass. Kernel: uapi/linux/filter.h. */
    MemorySegment toNative(Arena arena) {
        MemorySegment filter = arena.allocate(INSTRUCTION, instructions.size());
        for (int i = 0; i < instructions.size(); i++) {
            BpfInstruction instruction = instructions.get(i);
            CODE.set(filter, 0L, (long) i, (short) instruction.code());
            JUMP_TRUE.set(filter, 0L, (long) i, (byte) instruction.jumpTrue());
            JUMP_FALSE.set(filter, 0L, (long) i, (byte) instruction.jumpFalse());
            OPERAND.set(filter, 0L, (long) i, instruction.operand());
        }
        MemorySegment program = arena.allocate(PROGRAM);
        LEN.set(program, 0L, (short) instructions.size());
        FILTER.set(program, 0L, filter.address());
        return program;
    }

    @Override
    public String toString() {
        return instructions.stream()
                .map(BpfInstruction::toString)
                .collect(Collectors.joining("\n"));
    }

    private static VarHandle element(String name) {
        return INSTRUCTION.arrayElementVarHandle(MemoryLayout.PathElement.groupElement(name));
    }
}
