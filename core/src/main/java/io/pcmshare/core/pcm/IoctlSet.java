package io.pcmshare.core.pcm;

import io.pcmshare.abi.PcmIoctl;

import java.util.EnumSet;
import java.util.Set;

/**
 * The calls that an open file may make: the "disallow a set of ioctls" of the 2019 thread.
 * Immutable; only ever narrowed.
 */
public final class IoctlSet {
    /** Every call. */
    public static final IoctlSet ALL = new IoctlSet(EnumSet.allOf(PcmIoctl.class));

    /** No call. */
    public static final IoctlSet NONE = new IoctlSet(EnumSet.noneOf(PcmIoctl.class));

    private final EnumSet<PcmIoctl> allowed;

    private IoctlSet(EnumSet<PcmIoctl> allowed) {
        this.allowed = allowed;
    }

    /** Exactly these. */
    public static IoctlSet of(Set<PcmIoctl> ioctls) {
        EnumSet<PcmIoctl> copy = EnumSet.noneOf(PcmIoctl.class);
        copy.addAll(ioctls);
        return new IoctlSet(copy);
    }

    /** Whether a call is among them. */
    public boolean allows(PcmIoctl ioctl) {
        return allowed.contains(ioctl);
    }

    /** What both allow. */
    public IoctlSet and(IoctlSet other) {
        EnumSet<PcmIoctl> both = EnumSet.copyOf(allowed);
        both.retainAll(other.allowed);
        return new IoctlSet(both);
    }

    @Override
    public String toString() {
        return allowed.toString();
    }
}
