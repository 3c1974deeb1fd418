package io.pcmshare.sys;

/**
 * Processor architectures, as a seccomp filter sees them. Kernel: uapi/linux/audit.h, AUDIT_ARCH_*.
 */
public enum Arch {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7),
    /** 32-bit programs on x86-64. */
    I386(0x40000003),
    /** 32-bit programs on aarch64. */
    ARM(0x40000028);

    /** Read on every system call, hence a constant. */
    static final boolean CURRENT_IS_X86_64 = "amd64".equals(System.getProperty("os.arch"));

    private final int auditArch;

    Arch(int auditArch) {
        this.auditArch = auditArch;
    }

    /** {@code seccomp_data.arch} of a call of this architecture. */
    public int auditArch() {
        return auditArch;
    }

    /** The architecture of this virtual machine. */
    public static Arch current() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("os.arch=" + name);
        };
    }
}
