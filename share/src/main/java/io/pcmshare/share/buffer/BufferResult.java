package io.pcmshare.share.buffer;

import io.pcmshare.abi.Errno;

/** What came of an export. */
public sealed interface BufferResult {
    /** A buffer; one close belongs to it. */
    record Made(ShareBuffer buffer) implements BufferResult {}

    /** None, for a reason. */
    record Refused(Errno errno) implements BufferResult {}
}
