package io.pcmshare.server.guest;

import io.pcmshare.core.pcm.Substream;

/** A guest, as whoever has lent it something sees it. Threads: any. */
public interface GuestHolder {
    /** Takes a stream from whoever of its programs has it. */
    void revoke(Substream stream);

    /**
     * Has its programs wait at their next call, until it is ended.
     *
     * @param done told once no call is being answered, from any thread; where it has gone, at once
     */
    void pause(Runnable done);
}
