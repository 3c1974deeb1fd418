package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;

import java.util.List;

/** What can be done with a stream, and in which state. The answers are {@link #TABLE}. */
public enum PcmAction {
    /** Narrows a parameter space. */
    HW_REFINE,
    /** Chooses hardware parameters. */
    HW_PARAMS,
    /** Gives hardware parameters up. */
    HW_FREE,
    /** Sets software parameters. */
    SW_PARAMS,
    /** Makes ready to start. */
    PREPARE,
    /** Forgets what is queued. */
    RESET,
    /** Starts. */
    START,
    /** Stops at once. */
    DROP,
    /** Stops when everything queued was heard. */
    DRAIN,
    /** Pauses. */
    PAUSE_PUSH,
    /** Goes on after a pause. */
    PAUSE_RELEASE,
    /** Goes on after a suspend. */
    RESUME,
    /** The machine goes to sleep. */
    SUSPEND,
    /** Stops as if the client had been too late. */
    XRUN,
    /** Looks where the hardware is: DELAY, HWSYNC, REWIND and FORWARD begin so. */
    HWSYNC,
    /** Reads or writes frames. */
    TRANSFER,
    /** Reads or writes no frames. */
    TRANSFER_NONE,
    /** Goes on reading or writing after having waited. */
    TRANSFER_WAIT,
    /** Asks where a channel's samples lie. */
    CHANNEL_INFO,
    /** Asks for the status, or anything else that every state answers. */
    STATUS,
    /** Maps the ring. */
    MMAP_DATA,
    /** Binds a stream to another. */
    LINK;

    /**
     * The state machine: {@code ok} where an action is legal, else the errno. Recorded from a Linux
     * 6.1 kernel, PCM protocol 2.0.15; sound/core/pcm_native.c. Rows that end in {@code /c} are
     * those in which capture differs.
     */
    static final String TABLE =
            """
            action         OPEN   SETUP  PREP   RUN    XRUN   DRAIN  PAUSED SUSPENDED DISCONNECTED
            HW_REFINE      ok     ok     ok     ok     ok     ok     ok     ok        ENODEV
            HW_PARAMS      ok     ok     ok     EBADFD EBADFD EBADFD EBADFD EBADFD    ENODEV
            HW_FREE        EBADFD ok     ok     EBADFD EBADFD EBADFD EBADFD EBADFD    ENODEV
            SW_PARAMS      EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            PREPARE        EBADFD ok     ok     EBUSY  ok     EBUSY  ok     ok        ENODEV
            PREPARE/c      EBADFD ok     ok     EBUSY  ok     ok     ok     ok        ENODEV
            RESET          EBADFD EBADFD ok     ok     EBADFD EBADFD ok     ok        ENODEV
            START          EBADFD EBADFD ok     EBADFD EBADFD EBADFD EBADFD EBADFD    ENODEV
            DROP           EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            DRAIN          EBADFD ok     ok     ok     ok     ok     ok     EBADFD    ENODEV
            PAUSE_PUSH     EBADFD EBADFD EBADFD ok     EBADFD EBADFD EBADFD EBADFD    ENODEV
            PAUSE_RELEASE  EBADFD EBADFD EBADFD EBADFD EBADFD EBADFD ok     EBADFD    ENODEV
            RESUME         EBADFD EBADFD EBADFD EBADFD EBADFD EBADFD EBADFD ok        ENODEV
            SUSPEND        EBUSY  EBUSY  ok     ok     ok     ok     ok     EBUSY     EBUSY
            XRUN           EBADFD EBADFD EBADFD ok     ok     EBADFD EBADFD EBADFD    ENODEV
            HWSYNC         EBADFD EBADFD ok     ok     EPIPE  ok     ok     ESTRPIPE  ENODEV
            HWSYNC/c       EBADFD EBADFD ok     ok     EPIPE  EBADFD ok     ESTRPIPE  ENODEV
            TRANSFER       EBADFD EBADFD ok     ok     EPIPE  EBADFD ok     ESTRPIPE  ENODEV
            TRANSFER_NONE  EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            TRANSFER_WAIT  EBADFD EBADFD ok     ok     EPIPE  EPIPE  ok     ESTRPIPE  EBADFD
            TRANSFER_WAIT/c EBADFD EBADFD ok    ok     EPIPE  ok     ok     ESTRPIPE  EBADFD
            CHANNEL_INFO   EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            STATUS         ok     ok     ok     ok     ok     ok     ok     ok        ENODEV
            MMAP_DATA      EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            LINK           EBADFD ok     ok     ok     ok     ok     ok     ok        ENODEV
            """;

    // written once, by the constructor
    @SuppressWarnings("ImmutableEnumChecker")
    private final int[] playback;

    @SuppressWarnings("ImmutableEnumChecker")
    private final int[] capture;

    PcmAction() {
        playback = row(name());
        int[] own = row(name() + "/c");
        capture = own.length == 0 ? playback : own;
    }

    /** 0 where the action is legal, else a negated errno. */
    public int check(PcmState state, boolean isCapture) {
        return (isCapture ? capture : playback)[state.code()];
    }

    private static int[] row(String name) {
        for (String line : TABLE.lines().toList()) {
            List<String> cells = List.of(line.split(" +"));
            if (cells.getFirst().equals(name)) {
                return cells.stream().skip(1).mapToInt(PcmAction::answer).toArray();
            }
        }
        return new int[0];
    }

    private static int answer(String cell) {
        return cell.equals("ok") ? 0 : Errno.valueOf(cell).negated();
    }
}
