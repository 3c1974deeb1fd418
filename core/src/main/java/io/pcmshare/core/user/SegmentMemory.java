package io.pcmshare.core.user;

import io.pcmshare.abi.Errno;

import java.lang.foreign.MemorySegment;

/** A segment as a caller's memory, from an address on: for callers in this process, and tests. */
public final class SegmentMemory implements UserMemory {
    private static final int EFAULT = Errno.EFAULT.negated();

    private final MemorySegment segment;
    private final long base;

    /**
     * Everything in the segment is there; everything else is not.
     *
     * @param base address of its first byte, as the caller counts
     */
    public SegmentMemory(MemorySegment segment, long base) {
        this.segment = segment;
        this.base = base;
    }

    @Override
    public int read(long address, MemorySegment into, long offset, long bytes) {
        if (!isThere(address, bytes)) {
            return EFAULT;
        }
        MemorySegment.copy(segment, address - base, into, offset, bytes);
        return 0;
    }

    @Override
    public int write(long address, MemorySegment from, long offset, long bytes) {
        if (!isThere(address, bytes) || segment.isReadOnly()) {
            return EFAULT;
        }
        MemorySegment.copy(from, offset, segment, address - base, bytes);
        return 0;
    }

    private boolean isThere(long address, long bytes) {
        return address >= base && bytes >= 0 && bytes <= segment.byteSize() - (address - base);
    }
}
