package io.pcmshare.share.fence;

import io.pcmshare.abi.Errno;

/** What came of asking for a fence. */
public sealed interface FenceResult {
    /** A fence, which may be signalled already. */
    record Made(Fence fence) implements FenceResult {}

    /** None, for a reason. */
    record Refused(Errno errno) implements FenceResult {}
}
