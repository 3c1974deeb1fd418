package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.sys.PeerCredentials;

import org.jspecify.annotations.Nullable;

/** Where the streams of sessions come from. Threads: the control thread. */
public interface StreamSource {
    /**
     * Somebody asks for a stream. The answer may come later, for somebody may have to be asked; it
     * comes on the control thread, and once.
     */
    void request(Wish wish, Answer answer);

    /**
     * What a client asks for.
     *
     * @param peer who it is
     * @param confined whether it says that it is confined
     * @param open what it wants; {@code null} where it takes what there is
     */
    record Wish(PeerCredentials peer, boolean confined, Message.@Nullable Open open) {}

    /** What it gets. */
    interface Answer {
        /** A stream, until it is given back. */
        void lend(Lent lent);

        /**
         * Nothing.
         *
         * @param reason for people
         */
        void refuse(Errno errno, String reason);
    }

    /** A stream that a session holds. */
    interface Lent {
        /** The stream. */
        SharedStream stream();

        /** What its client may do with it. */
        GrantTerms terms();

        /** Messages that its client may send in a second. */
        int callsPerSecond();

        /**
         * Sets how loud it is; 0 or a negated errno.
         *
         * @param decibels 0 for as it comes
         */
        int volume(boolean muted, double decibels);

        /** The session is over. */
        void giveBack();
    }
}
