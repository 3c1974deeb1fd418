package io.pcmshare.core.ctl;

import io.pcmshare.core.pcm.StreamParams;

/**
 * The elements of one cable of a loopback card, as the cable sees them: what users set, and what it
 * tells them. They carry the device and the substream that records.
 *
 * <p>Threads: set under the lock of the set and read by any; told under the card's lock.
 */
public final class LoopbackElements {
    /** The rate shift that shifts nothing. */
    public static final int NO_SHIFT = 100_000;

    private final ControlSet set;
    private final int device;
    private final int substream;
    // one writer, under the lock of the set; each read alone, so nothing else is published
    private volatile int rateShift = NO_SHIFT;
    private volatile boolean notifies;

    LoopbackElements(ControlSet set, int device, int substream) {
        this.set = set;
        this.device = device;
        this.substream = substream;
    }

    /**
     * How much longer a frame takes than the rate says, in hundred-thousandths: 120000 is a sixth
     * slower.
     */
    public int rateShift() {
        return rateShift;
    }

    void rateShift(int newShift) {
        rateShift = newShift;
    }

    /** Whether what a player prepares goes before what the recording end has. */
    public boolean notifies() {
        return notifies;
    }

    void notifies(boolean newNotifies) {
        notifies = newNotifies;
    }

    /** Somebody begins to play this. */
    public void played(StreamParams params) {
        update(LoopbackControls.SLAVE_FORMAT, params.format().code());
        update(LoopbackControls.SLAVE_RATE, params.rate());
        update(LoopbackControls.SLAVE_CHANNELS, params.channels());
    }

    /** Somebody plays, or nobody does any more. */
    public void active(boolean active) {
        update(LoopbackControls.SLAVE_ACTIVE, active ? 1 : 0);
    }

    private void update(String name, long value) {
        LoopbackControls.update(set, device, substream, name, value);
    }
}
