package io.pcmshare.run.file;

import io.pcmshare.sys.Fd;
import io.pcmshare.sys.OfdLock;

import java.io.IOException;

/**
 * Opens a memory file so that it can stand in a program's table for the descriptor that it maps: a
 * new open file, with the access mode of that descriptor, and a mark that lasts as long as the
 * descriptor and all mappings made through it.
 */
public final class Swaps {
    /** The mark of open files that are only there to be mapped. */
    static final long MARK = 0;

    private static final int O_ACCMODE = 3;

    private Swaps() {}

    /**
     * Opens one.
     *
     * @param memory the region's; borrowed
     * @param openFlags of the descriptor that is to be mapped; it can be read
     * @return the caller's
     */
    static Fd open(Fd memory, int openFlags) throws IOException {
        return open(memory, openFlags, MARK);
    }

    /** The same with another mark. */
    static Fd open(Fd memory, int openFlags, long mark) throws IOException {
        int mode = openFlags & O_ACCMODE;
        Fd opened = memory.reopen(mode);
        try {
            if (mode == Fd.O_WRONLY) {
                OfdLock.markWritable(opened, mark);
            } else {
                OfdLock.markReadable(opened, mark);
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }
}
