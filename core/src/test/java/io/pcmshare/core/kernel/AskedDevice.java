package io.pcmshare.core.kernel;

import io.pcmshare.core.user.UserMemory;

/** What a {@link Recording} asks its questions of. Files have the numbers of the recording. */
public interface AskedDevice {
    /** The process that asks. */
    void pid(int pid);

    /** Opens a device; 0 or a negated errno. */
    int open(int file, String name);

    /** Closes a file. */
    void close(int file);

    /** Makes a call. */
    int ioctl(int file, int request, long argument, UserMemory memory);

    /** Reads without waiting. */
    int read(int file, UserMemory memory, long address, long bytes);

    /** What {@code poll} answers. */
    int poll(int file);

    /** Lets time pass until there is something to read. */
    void await(int file);

    /** Lets time pass. */
    void sleep(int millis);
}
