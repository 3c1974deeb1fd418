package io.pcmshare.sys;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Puts instructions in a row whose jumps name places that are only known later. */
final class BpfAssembler {
    /** {@code struct seccomp_data}. Kernel: uapi/linux/seccomp.h. */
    static final int NR = 0;

    static final int ARCH = 4;
    private static final int ARGUMENTS = 16;

    /** A place in the program. */
    static final class Label {
        private int position = -1;
    }

    // each given its own position, once all labels are placed
    private final List<IntFunction<BpfInstruction>> pending = new ArrayList<>();

    void place(Label label) {
        label.position = pending.size();
    }

    void load(int offset) {
        plain(BpfInstruction.LOAD, offset);
    }

    /** Loads half an argument; both architectures are little-endian. */
    void loadArgument(int index, boolean upperHalf) {
        load(ARGUMENTS + index * Long.BYTES + (upperHalf ? Integer.BYTES : 0));
    }

    void and(int mask) {
        if (mask != -1) {
            plain(BpfInstruction.AND, mask);
        }
    }

    void answer(SeccompAction action) {
        plain(BpfInstruction.RETURN, action.value());
    }

    void jump(Label target) {
        pending.add(at -> new BpfInstruction(BpfInstruction.JUMP, 0, 0, distance(at, target)));
    }

    void branch(int condition, int value, Label yes, Label no) {
        pending.add(
                at -> new BpfInstruction(condition, distance(at, yes), distance(at, no), value));
    }

    /** Goes on with the next instruction if not. */
    void branchIf(int condition, int value, Label yes) {
        pending.add(at -> new BpfInstruction(condition, distance(at, yes), 0, value));
    }

    /** Goes on with the next instruction if so. */
    void branchUnless(int condition, int value, Label no) {
        pending.add(at -> new BpfInstruction(condition, 0, distance(at, no), value));
    }

    List<BpfInstruction> assemble() {
        List<BpfInstruction> program = new ArrayList<>();
        for (IntFunction<BpfInstruction> instruction : pending) {
            program.add(instruction.apply(program.size()));
        }
        return List.copyOf(program);
    }

    private void plain(int code, int operand) {
        BpfInstruction instruction = new BpfInstruction(code, 0, 0, operand);
        pending.add(at -> instruction);
    }

    private static int distance(int from, Label to) {
        if (to.position <= from) {
            throw new IllegalStateException("from=" + from + ", to=" + to.position);
        }
        return to.position - from - 1;
    }
}
