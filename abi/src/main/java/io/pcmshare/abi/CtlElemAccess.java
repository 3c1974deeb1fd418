package io.pcmshare.abi;

/** What may be done with an element. Kernel: sound/asound.h, {@code SNDRV_CTL_ELEM_ACCESS_*}. */
public final class CtlElemAccess {
    /** Its values can be read. */
    public static final int READ = 1;

    /** Its values can be written. */
    public static final int WRITE = 1 << 1;

    /** Both. */
    public static final int READWRITE = READ | WRITE;

    /** Its values change without an event. */
    public static final int VOLATILE = 1 << 2;

    /** Its TLV can be read. */
    public static final int TLV_READ = 1 << 4;

    /** Its TLV can be written. */
    public static final int TLV_WRITE = 1 << 5;

    /** Its TLV takes commands. */
    public static final int TLV_COMMAND = 1 << 6;

    /** It has no effect at present. */
    public static final int INACTIVE = 1 << 8;

    /** Somebody holds its lock. */
    public static final int LOCK = 1 << 9;

    /** Who asks holds its lock. */
    public static final int OWNER = 1 << 10;

    /** Its TLV is made when asked for. */
    public static final int TLV_CALLBACK = 1 << 28;

    /** A program made it. */
    public static final int USER = 1 << 29;

    private CtlElemAccess() {}
}
