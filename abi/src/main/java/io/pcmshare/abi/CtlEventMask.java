package io.pcmshare.abi;

/** What happened to an element. Kernel: sound/asound.h, {@code SNDRV_CTL_EVENT_MASK_*}. */
public final class CtlEventMask {
    /** Its values changed. */
    public static final int VALUE = 1;

    /** Its range or access changed. */
    public static final int INFO = 1 << 1;

    /** It is new. */
    public static final int ADD = 1 << 2;

    /** Its TLV changed. */
    public static final int TLV = 1 << 3;

    /** It is gone. */
    public static final int REMOVE = ~0;

    private CtlEventMask() {}
}
