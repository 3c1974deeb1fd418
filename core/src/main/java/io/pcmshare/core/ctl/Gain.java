package io.pcmshare.core.ctl;

/** How loud a channel is; asked for each period by whoever plays. Allocates nothing. */
@FunctionalInterface
public interface Gain {
    /** As it is. */
    int UNITY = 1 << 16;

    /**
     * What to multiply samples by, in 65536ths: 0 is silence, {@link #UNITY} leaves them.
     *
     * @param channel from 0 on
     */
    int gainQ16(int channel);
}
