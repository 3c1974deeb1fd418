package io.pcmshare.cards;

import io.pcmshare.abi.PcmState;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.RingView;

import java.io.Closeable;

/**
 * An open PCM device of the machine, of which the kernel's is one and a test's another. Every call
 * answers 0 or a negated errno, and never waits unless it says so.
 */
interface PcmNode extends Closeable {
    /**
     * What it says of itself.
     *
     * @param id short text
     * @param name text for people
     * @param subdevices substreams of its direction
     */
    record Label(String id, String name, int subdevices) {}

    Label label();

    /** Narrows a space to what the device can do. */
    int hwRefine(HwParamSpace space);

    /** Chooses parameters; on success the space holds the choice. */
    int hwParams(HwParamSpace space);

    /**
     * Says when it starts by itself; it stops when it has run empty or full.
     *
     * @param startThreshold frames
     * @param bufferSize frames that it was configured for
     */
    int swParams(long startThreshold, long bufferSize);

    int prepare();

    int start();

    int drop();

    /** Lets what is queued be heard; with {@code wait} until it was. */
    int drain(boolean wait);

    /** Asks for state and position. Audio path: allocates nothing; one ioctl, two after an end. */
    int sync();

    /** The state that was asked for last. */
    PcmState state();

    /** The position that was asked for last: frames, modulo something very large. */
    long hwPtr();

    /**
     * Writes frames of a ring, or reads frames into it. Audio path: allocates nothing; one ioctl.
     *
     * @return frames, or a negated errno
     */
    long transfer(RingView ring, long offsetFrames, long frames);

    /** Gives it back; what is queued is not heard. */
    @Override
    void close();
}
