package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemId;
import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** Write locks of elements. Kernel: sound/core/control.c, snd_ctl_elem_lock(). */
final class LockCalls {
    private LockCalls() {}

    static int lock(CtlFile file, long address, Caller caller) {
        @Nullable CtlElemId id = id(address, caller);
        if (id == null) {
            return Caller.EFAULT;
        }
        @Nullable Element element = Element.find(file.controls(), id);
        if (element == null) {
            return Errno.ENOENT.negated();
        }
        if (element.owner() != null) {
            return Errno.EBUSY.negated();
        }
        element.owner(file);
        return 0;
    }

    static int unlock(CtlFile file, long address, Caller caller) {
        @Nullable CtlElemId id = id(address, caller);
        if (id == null) {
            return Caller.EFAULT;
        }
        @Nullable Element element = Element.find(file.controls(), id);
        if (element == null) {
            return Errno.ENOENT.negated();
        }
        @Nullable CtlFile owner = element.owner();
        if (owner == null) {
            return Errno.EINVAL.negated();
        }
        if (owner != file) {
            return Errno.EPERM.negated();
        }
        element.owner(null);
        return 0;
    }

    static @Nullable CtlElemId id(long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, CtlElemId.layout(caller.model()));
        return copy == null ? null : new CtlElemId(copy, caller.model());
    }
}
