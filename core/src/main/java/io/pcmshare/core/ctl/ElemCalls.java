package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlElemId;
import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemList;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.CtlEventMask;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** Lists, describes, reads and writes elements. Kernel: sound/core/control.c, snd_ctl_elem_*(). */
final class ElemCalls {
    private static final int ENOENT = Errno.ENOENT.negated();
    private static final int EPERM = Errno.EPERM.negated();

    private ElemCalls() {}

    static int list(ControlSet set, long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, CtlElemList.layout(caller.model()));
        if (copy == null) {
            return Caller.EFAULT;
        }
        CtlElemList list = new CtlElemList(copy, caller.model());
        long skip = Integer.toUnsignedLong(list.offset());
        long space = Integer.toUnsignedLong(list.space());
        long pids = list.pids();
        MemorySegment idCopy = caller.scratch(CtlElemId.layout(DataModel.LP64).byteSize());
        CtlElemId id = new CtlElemId(idCopy, DataModel.LP64);
        int used = 0;
        for (Control control : set.controls()) {
            for (int offset = (int) Math.min(skip, control.count());
                    offset < control.count() && used < space;
                    offset++) {
                control.storeId(id, offset);
                if (caller.write(pids + used * idCopy.byteSize(), idCopy) < 0) {
                    return Caller.EFAULT;
                }
                used++;
            }
            skip = Math.max(0, skip - control.count());
        }
        list.used(used);
        list.count(set.count());
        return caller.write(address, copy);
    }

    static int info(CtlFile file, long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, CtlElemInfo.layout(caller.model()));
        if (copy == null) {
            return Caller.EFAULT;
        }
        CtlElemInfo theirs = new CtlElemInfo(copy, caller.model());
        CtlElemInfo info = caller.isCompat() ? Compat.infoIn(theirs, caller) : theirs;
        @Nullable Element element = Element.find(file.controls(), info.id());
        if (element == null) {
            return ENOENT;
        }
        describe(file, element, info);
        if (caller.isCompat()) {
            Compat.infoOut(info, theirs);
        }
        return caller.write(address, copy);
    }

    static void describe(CtlFile file, Element element, CtlElemInfo info) {
        element.control().ops().info(element.offset(), info);
        element.storeId(info.id());
        int access = element.control().access(element.offset());
        @Nullable CtlFile owner = element.owner();
        if (owner != null) {
            access |= CtlElemAccess.LOCK | (owner == file ? CtlElemAccess.OWNER : 0);
        }
        info.access(access);
        info.owner(owner == null ? -1 : owner.pid());
    }

    static int read(CtlFile file, long address, Caller caller) {
        return values(file, address, caller, false);
    }

    static int write(CtlFile file, long address, Caller caller) {
        return values(file, address, caller, true);
    }

    private static int values(CtlFile file, long address, Caller caller, boolean write) {
        @Nullable MemorySegment copy = caller.read(address, CtlElemValue.layout(caller.model()));
        if (copy == null) {
            return Caller.EFAULT;
        }
        CtlElemValue theirs = new CtlElemValue(copy, caller.model());
        @Nullable Element element = Element.find(file.controls(), theirs.id());
        if (!caller.isCompat()) {
            int answer = element == null ? ENOENT : exchange(file, element, theirs, write);
            return answer < 0 ? answer : caller.write(address, copy);
        }
        if (theirs.isIndirect()) {
            return Errno.EINVAL.negated();
        }
        if (element == null) {
            return ENOENT;
        }
        Compat.Values values = Compat.valuesIn(element, theirs, caller);
        int answer = exchange(file, element, values.wide(), write);
        if (answer < 0) {
            return answer;
        }
        values.out(theirs);
        return caller.write(address, copy);
    }

    private static int exchange(CtlFile file, Element element, CtlElemValue value, boolean write) {
        Control control = element.control();
        int offset = element.offset();
        if (!element.can(write ? CtlElemAccess.WRITE : CtlElemAccess.READ)
                || (write && control.isLockedFor(offset, file))) {
            return EPERM;
        }
        element.storeId(value.id());
        if (!write) {
            return control.ops().get(offset, value);
        }
        int answer = control.ops().put(offset, value);
        if (answer > 0) {
            file.controls().notify(control, offset, CtlEventMask.VALUE);
        }
        return Math.min(answer, 0);
    }
}
