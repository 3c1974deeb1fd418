package io.pcmshare.sys;

/**
 * One {@code struct sock_filter}. Kernel: uapi/linux/filter.h, bpf_common.h.
 *
 * @param code operation
 * @param jumpTrue instructions to skip if the condition holds, 0 to 255
 * @param jumpFalse instructions to skip if not
 * @param operand constant, offset, or distance of an unconditional jump
 */
record BpfInstruction(int code, int jumpTrue, int jumpFalse, int operand) {
    static final int LOAD = 0x20;
    static final int AND = 0x54;
    static final int JUMP = 0x05;
    static final int JUMP_EQUAL = 0x15;
    static final int JUMP_GREATER = 0x25;
    static final int JUMP_AT_LEAST = 0x35;
    static final int RETURN = 0x06;

    private static final int FARTHEST = 255;

    BpfInstruction {
        if (jumpTrue < 0 || jumpTrue > FARTHEST || jumpFalse < 0 || jumpFalse > FARTHEST) {
            throw new IllegalArgumentException("jumpTrue=" + jumpTrue + ", jumpFalse=" + jumpFalse);
        }
    }

    @Override
    public String toString() {
        String number = "0x" + Integer.toHexString(operand);
        String jumps = " ? +" + jumpTrue + " : +" + jumpFalse;
        return switch (code) {
            case LOAD -> "load " + operand;
            case AND -> "and " + number;
            case JUMP -> "jump +" + operand;
            case JUMP_EQUAL -> "equal " + number + jumps;
            case JUMP_GREATER -> "greater " + number + jumps;
            case JUMP_AT_LEAST -> "atLeast " + number + jumps;
            case RETURN -> "return " + new SeccompAction(operand);
            default -> "code=" + code + " " + number + jumps;
        };
    }
}
