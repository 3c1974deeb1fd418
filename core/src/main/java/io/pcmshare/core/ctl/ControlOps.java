package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemValue;

/**
 * What stands behind an element. Kernel: include/sound/control.h, {@code struct snd_kcontrol}:
 * info, get, put.
 *
 * <p>The views are of {@code DataModel.LP64}, whoever asks. Threads: every call is made under the
 * lock of the set and must not wait.
 */
public interface ControlOps {
    /**
     * Says type, count and range; id, access and owner are filled by the caller.
     *
     * @param offset which element of the group
     */
    void info(int offset, CtlElemInfo info);

    /**
     * Gives the values.
     *
     * @param offset which element of the group
     * @return 0 or a negated errno
     */
    int get(int offset, CtlElemValue value);

    /**
     * Takes values.
     *
     * @param offset which element of the group
     * @return 1 when something changed, 0 when nothing did, or a negated errno
     */
    int put(int offset, CtlElemValue value);
}
