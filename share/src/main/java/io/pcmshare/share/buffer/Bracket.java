package io.pcmshare.share.buffer;

import io.pcmshare.share.fence.FenceSource;
import io.pcmshare.share.fence.Party;

/** Somebody has begun to access a buffer and has not ended. Its end signals a fence. */
final class Bracket {
    private final Party party;
    private final BufferAccess access;
    private final FenceSource end;
    private int depth = 1;

    Bracket(Party party, BufferAccess access) {
        this.party = party;
        this.access = access;
        String what = access == BufferAccess.WRITE ? "writes" : "reads";
        this.end = new FenceSource(party.name() + " " + what, party.name(), party);
    }

    Party party() {
        return party;
    }

    BufferAccess access() {
        return access;
    }

    FenceSource end() {
        return end;
    }

    /** The same once more, inside. */
    void again() {
        depth++;
    }

    /** One end: true for the last. */
    boolean leave() {
        depth--;
        return depth == 0;
    }
}
