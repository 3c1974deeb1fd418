package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.CtlEventMask;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Elements that a program made: nothing but memory behind them. Kernel: sound/core/control.c,
 * {@code struct user_element}.
 */
final class UserElement implements ControlOps, TlvOps {
    /** Bytes that the elements of one card may take: max_user_ctl_alloc_size. */
    static final long MAX_BYTES = 8L << 20;

    /** Bytes of the kernel's own record, which count as well. */
    static final int RECORD_BYTES = 320;

    private static final int MAX_TLV_BYTES = 128 << 10;

    private final ControlSet set;
    private final byte[] info;
    private final CtlElemType type;
    private final List<String> names;
    private final byte[][] values;
    private byte[] tlv = {};
    private @Nullable Control control;

    /** What the program gave; {@code names} for an enumerated one. */
    UserElement(
            ControlSet set,
            CtlElemInfo given,
            CtlElemType type,
            int valueBytes,
            int count,
            List<String> names) {
        this.set = set;
        this.info = given.segment().toArray(ValueLayout.JAVA_BYTE);
        this.type = type;
        this.names = names;
        this.values = new byte[count][valueBytes];
        if (type == CtlElemType.ENUMERATED) {
            stored().namesPtr(0);
        }
    }

    /** Bytes of one value. */
    static int bytesOf(CtlElemType type) {
        return switch (type) {
            case BOOLEAN, INTEGER, INTEGER64 -> Long.BYTES;
            case ENUMERATED -> Integer.BYTES;
            case BYTES -> 1;
            case IEC958 -> CtlElemValue.IEC958_BYTES;
        };
    }

    void belongsTo(Control group) {
        control = group;
        group.tlvOps(this);
    }

    /** Bytes that it takes. */
    long bytes() {
        long nameBytes = names.stream().mapToLong(name -> name.length() + 1L).sum();
        return RECORD_BYTES + (long) values.length * values[0].length + nameBytes + tlv.length;
    }

    @Override
    public void info(int offset, CtlElemInfo view) {
        int item = view.item();
        CtlElemInfo mine = stored();
        view.set(mine);
        if (type == CtlElemType.ENUMERATED) {
            int last = names.size() - 1;
            int shown = Integer.compareUnsigned(item, last) > 0 ? last : item;
            view.item(shown);
            view.itemName(names.get(shown));
        }
    }

    private CtlElemInfo stored() {
        return new CtlElemInfo(MemorySegment.ofArray(info), DataModel.LP64);
    }

    @Override
    public int get(int offset, CtlElemValue value) {
        value.setBytes(values[offset]);
        return 0;
    }

    @Override
    public int put(int offset, CtlElemValue value) {
        if (!isAllowed(value)) {
            return Errno.EINVAL.negated();
        }
        byte[] wanted = new byte[values[offset].length];
        value.bytes(wanted);
        if (Arrays.equals(wanted, values[offset])) {
            return 0;
        }
        values[offset] = wanted;
        return 1;
    }

    private boolean isAllowed(CtlElemValue value) {
        CtlElemInfo mine = stored();
        for (int i = 0; i < mine.count(); i++) {
            boolean allowed =
                    switch (type) {
                        case BOOLEAN -> isInRange(value.integer(i), 0, 1, 0);
                        case INTEGER ->
                                isInRange(value.integer(i), mine.min(), mine.max(), mine.step());
                        case INTEGER64 ->
                                isInRange(
                                        value.integer64(i),
                                        mine.min64(),
                                        mine.max64(),
                                        mine.step64());
                        case ENUMERATED -> Integer.compareUnsigned(value.item(i), names.size()) < 0;
                        case BYTES, IEC958 -> true;
                    };
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** The kernel counts steps from 0, not from the minimum, and without sign. */
    private static boolean isInRange(long value, long min, long max, long step) {
        return value >= min
                && value <= max
                && (step == 0 || Long.remainderUnsigned(value, step) == 0);
    }

    @Override
    public int read(Caller caller, long address, int bytes) {
        if (tlv.length == 0) {
            return Errno.ENXIO.negated();
        }
        if (Integer.compareUnsigned(bytes, tlv.length) < 0) {
            return Errno.ENOSPC.negated();
        }
        MemorySegment copy = caller.scratch(tlv.length);
        copy.copyFrom(MemorySegment.ofArray(tlv));
        return caller.write(address, copy);
    }

    @Override
    public int write(Caller caller, long address, int bytes) {
        if (Integer.compareUnsigned(bytes, MAX_TLV_BYTES) > 0) {
            return Errno.EINVAL.negated();
        }
        if (set.userBytes() + bytes - tlv.length > MAX_BYTES) {
            return Errno.ENOMEM.negated();
        }
        @Nullable MemorySegment copy = caller.read(address, bytes);
        Control group = control;
        if (copy == null || group == null) {
            return Caller.EFAULT;
        }
        byte[] wanted = copy.toArray(ValueLayout.JAVA_BYTE);
        if (Arrays.equals(wanted, tlv)) {
            return 0;
        }
        int mask = CtlEventMask.TLV;
        if (tlv.length == 0) {
            group.access(CtlElemAccess.TLV_READ, true);
            mask |= CtlEventMask.INFO;
        }
        set.addUserBytes(wanted.length - (long) tlv.length);
        tlv = wanted;
        set.notifyAll(group, mask);
        return 1;
    }
}
