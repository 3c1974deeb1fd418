package io.pcmshare.share;

import io.pcmshare.abi.PcmIoctl;

import org.jspecify.annotations.Nullable;

/**
 * The smallest thing that the holder of a descriptor may or may not do: a way of mapping, a call,
 * or one of the three questions that people ask. The codes are those of the wire; {@code
 * docs/permissions.md} has the table, {@link Permission} the groups.
 */
public enum Right {
    /** Map the ring for reading. */
    MAP_BUFFER_READ(0),
    /** Map the ring for writing. */
    MAP_BUFFER_WRITE(1),
    /** Map the status page, read-only. */
    MAP_STATUS(2),
    /** Map the control page. */
    MAP_CONTROL(3),
    /** For people: be heard. */
    PLAY(4),
    /** For people: hear what a microphone hears. */
    RECORD_MICROPHONE(5),
    /** For people: hear what other programs play. */
    RECORD_PROGRAMS(6),
    // the calls, each by its name in the kernel; the set of them is closed
    PVERSION(8, PcmIoctl.PVERSION),
    INFO(9, PcmIoctl.INFO),
    TSTAMP(10, PcmIoctl.TSTAMP),
    TTSTAMP(11, PcmIoctl.TTSTAMP),
    USER_PVERSION(12, PcmIoctl.USER_PVERSION),
    ANONYMOUS_DUP_V1(13, PcmIoctl.ANONYMOUS_DUP_V1),
    ANONYMOUS_DUP(14, PcmIoctl.ANONYMOUS_DUP),
    HW_REFINE(15, PcmIoctl.HW_REFINE),
    HW_PARAMS(16, PcmIoctl.HW_PARAMS),
    HW_FREE(17, PcmIoctl.HW_FREE),
    SW_PARAMS(18, PcmIoctl.SW_PARAMS),
    STATUS(19, PcmIoctl.STATUS),
    DELAY(20, PcmIoctl.DELAY),
    HWSYNC(21, PcmIoctl.HWSYNC),
    SYNC_PTR(22, PcmIoctl.SYNC_PTR),
    STATUS_EXT(23, PcmIoctl.STATUS_EXT),
    CHANNEL_INFO(24, PcmIoctl.CHANNEL_INFO),
    PREPARE(25, PcmIoctl.PREPARE),
    RESET(26, PcmIoctl.RESET),
    START(27, PcmIoctl.START),
    DROP(28, PcmIoctl.DROP),
    DRAIN(29, PcmIoctl.DRAIN),
    PAUSE(30, PcmIoctl.PAUSE),
    REWIND(31, PcmIoctl.REWIND),
    RESUME(32, PcmIoctl.RESUME),
    XRUN(33, PcmIoctl.XRUN),
    FORWARD(34, PcmIoctl.FORWARD),
    WRITEI_FRAMES(35, PcmIoctl.WRITEI_FRAMES),
    READI_FRAMES(36, PcmIoctl.READI_FRAMES),
    WRITEN_FRAMES(37, PcmIoctl.WRITEN_FRAMES),
    READN_FRAMES(38, PcmIoctl.READN_FRAMES),
    LINK(39, PcmIoctl.LINK),
    UNLINK(40, PcmIoctl.UNLINK),
    DMABUF_EXPORT(41, PcmIoctl.DMABUF_EXPORT),
    DMABUF_ATTACH(42, PcmIoctl.DMABUF_ATTACH),
    DMABUF_DETACH(43, PcmIoctl.DMABUF_DETACH),
    FRAME_FENCE(44, PcmIoctl.FRAME_FENCE);

    private final int code;
    private final @Nullable PcmIoctl ioctl;

    Right(int code) {
        this(code, null);
    }

    Right(int code, @Nullable PcmIoctl ioctl) {
        this.code = code;
        this.ioctl = ioctl;
    }

    /** Its bit number. */
    public int code() {
        return code;
    }

    /** Its bit. */
    public long bit() {
        return 1L << code;
    }

    /** The call that it opens; {@code null} where it opens none. */
    public @Nullable PcmIoctl ioctl() {
        return ioctl;
    }
}
