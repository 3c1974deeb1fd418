package io.pcmshare.sys;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** From a segment to the address a system call takes, checked as an access from Java would be. */
final class Memory {
    private Memory() {}

    /** Address of bytes the kernel only reads. */
    static long readable(MemorySegment segment, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        if (!segment.isNative()) {
            throw new IllegalArgumentException("memory on the heap has no address");
        }
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("memory is closed");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("memory belongs to another thread");
        }
        return segment.address() + offset;
    }

    /** Address of bytes the kernel may write. */
    static long writable(MemorySegment segment, long offset, long length) {
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException("memory is read-only");
        }
        return readable(segment, offset, length);
    }
}
