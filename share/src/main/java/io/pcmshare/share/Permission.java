package io.pcmshare.share;

import java.util.Set;

/**
 * A group of rights: what a dup can ask for in its int argument, and what people think in. The
 * codes are the bits of that argument; {@code docs/permissions.md} has the table.
 *
 * <p>The three questions of people ({@link Right#PLAY} and its like) and the dma-buf calls belong
 * to no group.
 */
public enum Permission {
    /** Map the ring: write it for playback, read it for capture. */
    MAP_BUFFER(0, Right.MAP_BUFFER_READ, Right.MAP_BUFFER_WRITE),
    /** Map the status page, read-only. */
    MAP_STATUS(1, Right.MAP_STATUS),
    /** Map the control page. */
    MAP_CONTROL(2, Right.MAP_CONTROL),
    /** Read and write frames by call. */
    TRANSFER_FRAMES(
            3, Right.READI_FRAMES, Right.WRITEI_FRAMES, Right.READN_FRAMES, Right.WRITEN_FRAMES),
    /** Ask for state and position. */
    ASK_STATUS(
            4,
            Right.PVERSION,
            Right.INFO,
            Right.STATUS,
            Right.STATUS_EXT,
            Right.DELAY,
            Right.HWSYNC,
            Right.SYNC_PTR,
            Right.CHANNEL_INFO),
    /** Move the client's pointer. */
    POSITION(5, Right.REWIND, Right.FORWARD),
    /** Start, stop, pause. */
    TRIGGER(
            6,
            Right.PREPARE,
            Right.RESET,
            Right.START,
            Right.DROP,
            Right.DRAIN,
            Right.PAUSE,
            Right.RESUME,
            Right.XRUN),
    /** Choose parameters. */
    CONFIGURE(
            7,
            Right.HW_REFINE,
            Right.HW_PARAMS,
            Right.HW_FREE,
            Right.SW_PARAMS,
            Right.TSTAMP,
            Right.TTSTAMP,
            Right.USER_PVERSION),
    /** Bind to other streams. */
    LINK_STREAMS(8, Right.LINK, Right.UNLINK),
    /** Make narrower descriptors. */
    DUP(9, Right.ANONYMOUS_DUP, Right.ANONYMOUS_DUP_V1);

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of() is immutable
    private final Set<Right> rights;

    Permission(int code, Right... rights) {
        this.code = code;
        this.rights = Set.of(rights);
    }

    /** Its bit number. */
    public int code() {
        return code;
    }

    /** Its bit in the argument of a dup. */
    public int bit() {
        return 1 << code;
    }

    /** What it consists of. */
    public Set<Right> rights() {
        return rights;
    }
}
