package io.pcmshare.share;

import static io.pcmshare.abi.PcmIoctl.ANONYMOUS_DUP;
import static io.pcmshare.abi.PcmIoctl.ANONYMOUS_DUP_V1;
import static io.pcmshare.abi.PcmIoctl.CHANNEL_INFO;
import static io.pcmshare.abi.PcmIoctl.DELAY;
import static io.pcmshare.abi.PcmIoctl.DRAIN;
import static io.pcmshare.abi.PcmIoctl.DROP;
import static io.pcmshare.abi.PcmIoctl.FORWARD;
import static io.pcmshare.abi.PcmIoctl.HWSYNC;
import static io.pcmshare.abi.PcmIoctl.HW_FREE;
import static io.pcmshare.abi.PcmIoctl.HW_PARAMS;
import static io.pcmshare.abi.PcmIoctl.HW_REFINE;
import static io.pcmshare.abi.PcmIoctl.INFO;
import static io.pcmshare.abi.PcmIoctl.LINK;
import static io.pcmshare.abi.PcmIoctl.PAUSE;
import static io.pcmshare.abi.PcmIoctl.PREPARE;
import static io.pcmshare.abi.PcmIoctl.PVERSION;
import static io.pcmshare.abi.PcmIoctl.READI_FRAMES;
import static io.pcmshare.abi.PcmIoctl.READN_FRAMES;
import static io.pcmshare.abi.PcmIoctl.RESET;
import static io.pcmshare.abi.PcmIoctl.RESUME;
import static io.pcmshare.abi.PcmIoctl.REWIND;
import static io.pcmshare.abi.PcmIoctl.START;
import static io.pcmshare.abi.PcmIoctl.STATUS;
import static io.pcmshare.abi.PcmIoctl.STATUS_EXT;
import static io.pcmshare.abi.PcmIoctl.SW_PARAMS;
import static io.pcmshare.abi.PcmIoctl.SYNC_PTR;
import static io.pcmshare.abi.PcmIoctl.TSTAMP;
import static io.pcmshare.abi.PcmIoctl.TTSTAMP;
import static io.pcmshare.abi.PcmIoctl.UNLINK;
import static io.pcmshare.abi.PcmIoctl.USER_PVERSION;
import static io.pcmshare.abi.PcmIoctl.WRITEI_FRAMES;
import static io.pcmshare.abi.PcmIoctl.WRITEN_FRAMES;
import static io.pcmshare.abi.PcmIoctl.XRUN;

import io.pcmshare.abi.PcmIoctl;

import java.util.Set;

/**
 * One thing that the holder of a descriptor may do. The codes are those of the wire and of a dup's
 * argument; {@code docs/permissions.md} has the table.
 */
public enum Permission {
    /** Map the ring: write it for playback, read it for capture. */
    MAP_BUFFER(0),
    /** Map the status page, read-only. */
    MAP_STATUS(1),
    /** Map the control page. */
    MAP_CONTROL(2),
    /** Read and write frames by call. */
    TRANSFER_FRAMES(3, READI_FRAMES, WRITEI_FRAMES, READN_FRAMES, WRITEN_FRAMES),
    /** Ask for state and position. */
    ASK_STATUS(4, PVERSION, INFO, STATUS, STATUS_EXT, DELAY, HWSYNC, SYNC_PTR, CHANNEL_INFO),
    /** Move the client's pointer. */
    POSITION(5, REWIND, FORWARD),
    /** Start, stop, pause. */
    TRIGGER(6, PREPARE, RESET, START, DROP, DRAIN, PAUSE, RESUME, XRUN),
    /** Choose parameters. */
    CONFIGURE(7, HW_REFINE, HW_PARAMS, HW_FREE, SW_PARAMS, TSTAMP, TTSTAMP, USER_PVERSION),
    /** Bind to other streams. */
    LINK_STREAMS(8, LINK, UNLINK),
    /** Make narrower descriptors. */
    DUP(9, ANONYMOUS_DUP, ANONYMOUS_DUP_V1);

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of() is immutable
    private final Set<PcmIoctl> ioctls;

    Permission(int code, PcmIoctl... ioctls) {
        this.code = code;
        this.ioctls = Set.of(ioctls);
    }

    /** Its bit number. */
    public int code() {
        return code;
    }

    /** Its bit. */
    public long bit() {
        return 1L << code;
    }

    /** The calls that it opens. */
    public Set<PcmIoctl> ioctls() {
        return ioctls;
    }
}
