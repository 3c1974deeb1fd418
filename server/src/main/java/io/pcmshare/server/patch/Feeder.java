package io.pcmshare.server.patch;

/** One of those who add frames to a {@link Sink}. Threads: under the bay's lock. */
interface Feeder {
    /** Before this frame of the sink nothing comes from it any more. */
    long passedFrame();

    /** Whether it adds to what was handed on already, just ahead of what is heard. */
    boolean isLate();

    /** Whether what it adds has more bits than most devices hear. */
    boolean isLossy();
}
