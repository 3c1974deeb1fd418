package io.pcmshare.core.pcm;

/**
 * What a driver is told to do with its stream. Kernel: include/sound/pcm.h, SNDRV_PCM_TRIGGER_*.
 */
public enum TriggerCommand {
    /** Move frames from now on. */
    START,
    /** Move no more. */
    STOP,
    /** Stand, keeping the place. */
    PAUSE_PUSH,
    /** Go on from the place. */
    PAUSE_RELEASE,
    /** Stand because the machine sleeps. */
    SUSPEND,
    /** Go on after the machine slept. */
    RESUME
}
