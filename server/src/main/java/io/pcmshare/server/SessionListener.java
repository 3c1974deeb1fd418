package io.pcmshare.server;

/** What happens to a session, told on the control thread. */
public interface SessionListener {
    /** The client has what it was given. */
    default void onOffer(Session session) {}

    /** The stream started. */
    default void onBegin(Session session) {}

    /** The client has followed the stream into other memory. */
    default void onMoved(Session session) {}

    /** Everything the client wrote was played. */
    default void onFinished(Session session, long frames) {}

    /**
     * The client was cut off: it died, broke the protocol, or its grant was revoked.
     *
     * @param cut what came of it
     */
    default void onCut(Session session, Cut cut) {}

    /** The client is gone and everything of it is freed. */
    default void onClosed(Session session) {}
}
