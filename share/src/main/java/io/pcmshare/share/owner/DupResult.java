package io.pcmshare.share.owner;

import io.pcmshare.abi.Errno;

/** What came of an anonymous dup. */
public sealed interface DupResult {
    /** A grant. */
    record Made(Grant grant) implements DupResult {}

    /** Nothing, for a reason. */
    record Refused(Errno errno) implements DupResult {}
}
