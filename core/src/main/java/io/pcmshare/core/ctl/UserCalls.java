package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlElemId;
import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes, replaces and removes the elements of programs. Kernel: snd_ctl_elem_add(). */
final class UserCalls {
    private static final int EINVAL = Errno.EINVAL.negated();
    private static final int MAX_NAMES_BYTES = 64 << 10;
    private static final int KEPT_ACCESS =
            CtlElemAccess.READWRITE | CtlElemAccess.INACTIVE | CtlElemAccess.TLV_WRITE;

    private UserCalls() {}

    static int add(CtlFile file, long address, Caller caller, boolean replace) {
        @Nullable MemorySegment copy = caller.read(address, CtlElemInfo.layout(caller.model()));
        if (copy == null) {
            return Caller.EFAULT;
        }
        CtlElemInfo info = new CtlElemInfo(copy, caller.model());
        CtlElemInfo wide = caller.isCompat() ? Compat.userInfoIn(info, caller) : info;
        if (wide.id().isNameEndless() || wide.id().name().isEmpty()) {
            return EINVAL;
        }
        if (replace) {
            wide.id().numid(0);
            int answer = remove(file, wide.id());
            if (answer < 0) {
                return answer;
            }
        }
        int answer = create(file, wide, caller);
        return answer < 0 || caller.isCompat() ? answer : caller.write(address, copy);
    }

    private static int create(CtlFile file, CtlElemInfo info, Caller caller) {
        ControlSet set = file.controls();
        long count = Math.max(1, Integer.toUnsignedLong(info.owner()));
        @Nullable CtlElemType type = CtlElemType.of(info.type());
        if (type == null || !isShapeAllowed(info, type)) {
            return EINVAL;
        }
        int valueBytes = UserElement.bytesOf(type) * info.count();
        long bytes = UserElement.RECORD_BYTES + valueBytes * count;
        if (set.userBytes() + bytes > UserElement.MAX_BYTES) {
            return Errno.ENOMEM.negated();
        }
        if (count > Control.MAX_COUNT) {
            return EINVAL;
        }
        Names names = type == CtlElemType.ENUMERATED ? names(set, info, caller) : Names.NONE;
        if (names.answer() < 0) {
            return names.answer();
        }
        int access = accessOf(info.access());
        ElemId id = ElemId.of(info.id());
        UserElement element =
                new UserElement(set, info, type, valueBytes, (int) count, names.texts());
        Control control = new Control(id, (int) count, access, element);
        element.belongsTo(control);
        control.ownAll(file);
        int answer = set.add(control, id, info.id().numid());
        if (answer == 0) {
            set.addUserBytes(element.bytes());
            control.storeId(info.id(), 0);
        }
        return answer;
    }

    private static int accessOf(int wanted) {
        int access = (wanted == 0 ? CtlElemAccess.READWRITE : wanted) & KEPT_ACCESS;
        if ((access & CtlElemAccess.TLV_WRITE) != 0) {
            access |= CtlElemAccess.TLV_CALLBACK;
        }
        return access | CtlElemAccess.USER;
    }

    private static boolean isShapeAllowed(CtlElemInfo info, CtlElemType type) {
        int most =
                switch (type) {
                    case BOOLEAN, INTEGER, ENUMERATED -> CtlElemValue.MAX_WORDS;
                    case BYTES -> CtlElemValue.MAX_BYTES;
                    case IEC958 -> 1;
                    case INTEGER64 -> CtlElemValue.MAX_INT64;
                };
        boolean nameless = type == CtlElemType.ENUMERATED && info.items() == 0;
        return info.count() > 0 && info.count() <= most && !nameless;
    }

    /** The names of an enumerated element, or why there are none. */
    private record Names(List<String> texts, int answer) {
        static final Names NONE = new Names(List.of(), 0);

        static Names refused(int answer) {
            return new Names(List.of(), answer);
        }
    }

    private static Names names(ControlSet set, CtlElemInfo info, Caller caller) {
        long length = Integer.toUnsignedLong(info.namesLength());
        if (length > MAX_NAMES_BYTES || length == 0) {
            return Names.refused(EINVAL);
        }
        if (set.userBytes() + length > UserElement.MAX_BYTES) {
            return Names.refused(Errno.ENOMEM.negated());
        }
        @Nullable MemorySegment copy = caller.read(info.namesPtr(), length);
        if (copy == null) {
            return Names.refused(Caller.EFAULT);
        }
        List<String> texts = new ArrayList<>();
        byte[] all = copy.toArray(ValueLayout.JAVA_BYTE);
        int start = 0;
        for (int i = 0; i < all.length && texts.size() < Math.max(0, info.items()); i++) {
            if (all[i] != 0) {
                continue;
            }
            if (i == start || i - start >= CtlElemInfo.ITEM_NAME_BYTES) {
                return Names.refused(EINVAL);
            }
            texts.add(new String(all, start, i - start, StandardCharsets.UTF_8));
            start = i + 1;
        }
        return texts.size() == info.items() ? new Names(texts, 0) : Names.refused(EINVAL);
    }

    static int remove(CtlFile file, long address, Caller caller) {
        @Nullable CtlElemId id = LockCalls.id(address, caller);
        return id == null ? Caller.EFAULT : remove(file, id);
    }

    private static int remove(CtlFile file, CtlElemId id) {
        ControlSet set = file.controls();
        @Nullable Element element = Element.find(set, id);
        if (element == null) {
            return Errno.ENOENT.negated();
        }
        Control control = element.control();
        if (!(control.ops() instanceof UserElement user)) {
            return EINVAL;
        }
        for (int offset = 0; offset < control.count(); offset++) {
            if (control.isLockedFor(offset, file)) {
                return Errno.EBUSY.negated();
            }
        }
        set.addUserBytes(-user.bytes());
        set.remove(control);
        return 0;
    }
}
