package io.pcmshare.server.guest;

import io.pcmshare.core.pcm.Substream;

/** A guest, as whoever takes something back from it sees it. Threads: any. */
@FunctionalInterface
public interface GuestHolder {
    /** Takes a stream from whoever of its programs has it. */
    void revoke(Substream stream);
}
