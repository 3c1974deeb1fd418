package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlElemId;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A group of elements that differ in nothing but their index. Kernel: include/sound/control.h,
 * {@code struct snd_kcontrol}.
 *
 * <p>Threads: under the lock of the set.
 */
public final class Control {
    /** Elements in a group, at most; MAX_CONTROL_COUNT. */
    static final int MAX_COUNT = 1028;

    private final ElemId id;
    private final ControlOps ops;
    private final int[] access;
    private final @Nullable CtlFile[] owners;
    private final int[] tlv;
    private @Nullable TlvOps tlvOps;
    private int numid;

    /**
     * A group.
     *
     * @param id of its first element
     * @param count elements
     * @param access bits of {@link CtlElemAccess}
     * @param ops what stands behind it
     * @param tlv words made by {@link Tlv}; none for none
     */
    public Control(ElemId id, int count, int access, ControlOps ops, int... tlv) {
        if (count <= 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("count=" + count + ", id=" + id);
        }
        this.id = id;
        this.ops = ops;
        this.access = new int[count];
        this.owners = new @Nullable CtlFile[count];
        this.tlv = tlv.clone();
        Arrays.fill(this.access, tlv.length == 0 ? access : access | CtlElemAccess.TLV_READ);
    }

    /** A single element that can be read and written. */
    public static Control of(String name, ControlOps ops, int... tlv) {
        return new Control(ElemId.mixer(name), 1, CtlElemAccess.READWRITE, ops, tlv);
    }

    /** Its first element. */
    public ElemId id() {
        return id;
    }

    /** Elements of the group. */
    public int count() {
        return access.length;
    }

    /** Number of its first element; 0 before it belongs to a card. */
    public int numid() {
        return numid;
    }

    void numid(int first) {
        numid = first;
    }

    ControlOps ops() {
        return ops;
    }

    int[] tlv() {
        return tlv;
    }

    @Nullable TlvOps tlvOps() {
        return tlvOps;
    }

    void tlvOps(TlvOps newOps) {
        tlvOps = newOps;
    }

    /** Bits of {@link CtlElemAccess} of one element. */
    int access(int offset) {
        return access[offset];
    }

    boolean can(int offset, int bit) {
        return (access[offset] & bit) != 0;
    }

    /** Sets or clears a bit of all its elements. */
    void access(int bit, boolean set) {
        for (int i = 0; i < access.length; i++) {
            access[i] = set ? access[i] | bit : access[i] & ~bit;
        }
    }

    @Nullable CtlFile owner(int offset) {
        return owners[offset];
    }

    void owner(int offset, @Nullable CtlFile file) {
        owners[offset] = file;
    }

    void ownAll(CtlFile file) {
        Arrays.fill(owners, file);
    }

    /** Whether somebody else holds the lock of one element. */
    boolean isLockedFor(int offset, CtlFile file) {
        CtlFile owner = owners[offset];
        return owner != null && owner != file;
    }

    void release(CtlFile file) {
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] == file) {
                owners[i] = null;
            }
        }
    }

    /** Stores the id of one element. */
    void storeId(CtlElemId view, int offset) {
        id.store(view, numid + offset, offset);
    }

    /** Which element of the group has a number; -1 for none. */
    int offsetOf(int wanted) {
        int offset = wanted - numid;
        return offset >= 0 && offset < count() ? offset : -1;
    }

    /** Which element of the group has an id; -1 for none. */
    int offsetOf(ElemId wanted) {
        int offset = wanted.index() - id.index();
        return id.isSibling(wanted) && Integer.compareUnsigned(offset, count()) < 0 ? offset : -1;
    }
}
