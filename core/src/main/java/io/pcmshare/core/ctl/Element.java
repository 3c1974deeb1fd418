package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemId;

import org.jspecify.annotations.Nullable;

/**
 * One element of a group.
 *
 * @param control the group
 * @param offset which of it
 */
record Element(Control control, int offset) {
    /** By number where the id has one, else by the rest of it; {@code null} for none. */
    static @Nullable Element find(ControlSet set, CtlElemId view) {
        int numid = view.numid();
        ElemId id = ElemId.of(view);
        @Nullable Control control = set.find(id, numid);
        if (control == null) {
            return null;
        }
        return new Element(control, numid != 0 ? control.offsetOf(numid) : control.offsetOf(id));
    }

    @Nullable CtlFile owner() {
        return control.owner(offset);
    }

    void owner(@Nullable CtlFile file) {
        control.owner(offset, file);
    }

    boolean can(int bit) {
        return control.can(offset, bit);
    }

    void storeId(CtlElemId view) {
        control.storeId(view, offset);
    }
}
