package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemId;
import io.pcmshare.abi.CtlElemIface;

/**
 * Which element is meant, but for its number. Kernel: uapi/sound/asound.h, {@code struct
 * snd_ctl_elem_id}.
 *
 * @param iface a {@link CtlElemIface}, or whatever a program made up
 * @param device number of a device
 * @param subdevice number of a substream
 * @param name at most 43 bytes
 * @param index number among those of the same name
 */
public record ElemId(int iface, int device, int subdevice, String name, int index) {
    /** An element of the mixer. */
    public static ElemId mixer(String name) {
        return new ElemId(CtlElemIface.MIXER.code(), 0, 0, name, 0);
    }

    /** An element of a substream. */
    public static ElemId pcm(int device, int subdevice, String name) {
        return new ElemId(CtlElemIface.PCM.code(), device, subdevice, name, 0);
    }

    static ElemId of(CtlElemId view) {
        return new ElemId(view.iface(), view.device(), view.subdevice(), view.name(), view.index());
    }

    void store(CtlElemId view, int numid, int offset) {
        view.numid(numid);
        view.iface(iface);
        view.device(device);
        view.subdevice(subdevice);
        view.name(name);
        view.index(index + offset);
    }

    /** Whether the other is the same but for its index. */
    boolean isSibling(ElemId other) {
        return iface == other.iface
                && device == other.device
                && subdevice == other.subdevice
                && name.equals(other.name);
    }
}
