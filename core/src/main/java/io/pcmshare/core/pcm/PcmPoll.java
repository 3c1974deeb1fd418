package io.pcmshare.core.pcm;

/**
 * What poll(2) says of a stream. Kernel: sound/core/pcm_native.c, snd_pcm_poll(). Threads: under
 * the card's lock.
 */
public final class PcmPoll {
    /** There are frames to read. */
    public static final int POLLIN = 0x1;

    /** There is room to write. */
    public static final int POLLOUT = 0x4;

    /** The stream does not run, or is gone. */
    public static final int POLLERR = 0x8;

    private PcmPoll() {}

    static int events(Substream s, PcmRuntime r) {
        int ready = s.isCapture() ? POLLIN : POLLOUT;
        return switch (r.state()) {
            case RUNNING, PREPARED, PAUSED ->
                    Long.compareUnsigned(Positions.avail(s, r), r.availMin()) >= 0 ? ready : 0;
            case DRAINING -> {
                if (!s.isCapture()) {
                    yield 0;
                }
                yield Positions.avail(s, r) == 0 ? ready | POLLERR : ready;
            }
            case DISCONNECTED -> POLLERR;
            case OPEN, SETUP, XRUN, SUSPENDED -> ready | POLLERR;
        };
    }
}
