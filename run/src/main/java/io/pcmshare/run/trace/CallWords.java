package io.pcmshare.run.trace;

import io.pcmshare.sys.Fd;

import java.util.StringJoiner;

/** Calls other than ioctl(2) in words. */
public final class CallWords {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int O_ACCMODE = 3;

    private CallWords() {}

    /** {@code open(O_RDWR|O_NONBLOCK)}. */
    public static String open(int flags) {
        return "open(" + flags(flags) + ")";
    }

    /** {@code mmap(offset=0x80000000, length=4096, PROT_READ)}. */
    public static String mmap(long offset, long length, int prot) {
        StringJoiner access = new StringJoiner("|");
        if ((prot & PROT_READ) != 0) {
            access.add("PROT_READ");
        }
        if ((prot & PROT_WRITE) != 0) {
            access.add("PROT_WRITE");
        }
        return "mmap(offset=0x%x, length=%d, %s)".formatted(offset, length, access);
    }

    /** {@code O_RDWR|O_NONBLOCK}. */
    public static String flags(int flags) {
        StringJoiner all = new StringJoiner("|");
        all.add(
                switch (flags & O_ACCMODE) {
                    case Fd.O_RDONLY -> "O_RDONLY";
                    case Fd.O_WRONLY -> "O_WRONLY";
                    default -> "O_RDWR";
                });
        if ((flags & Fd.O_NONBLOCK) != 0) {
            all.add("O_NONBLOCK");
        }
        if ((flags & Fd.O_APPEND) != 0) {
            all.add("O_APPEND");
        }
        if ((flags & Fd.O_CLOEXEC) != 0) {
            all.add("O_CLOEXEC");
        }
        return all.toString();
    }
}
