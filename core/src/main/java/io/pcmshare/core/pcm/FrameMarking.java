package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

/** What came of marking a frame. */
public sealed interface FrameMarking {
    /** The stream has passed it already, or there is nothing that it would have to pass. */
    record Passed() implements FrameMarking {}

    /**
     * It is told of it.
     *
     * @param mark what stands at that frame: the new one, or one that stood there before
     */
    record Waiting(FrameMark mark) implements FrameMarking {}

    /**
     * It cannot be marked.
     *
     * @param errno why
     */
    record Refused(Errno errno) implements FrameMarking {}
}
