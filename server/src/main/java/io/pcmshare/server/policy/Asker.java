package io.pcmshare.server.policy;

/** Asks somebody, and waits for the answer. */
@FunctionalInterface
interface Asker {
    /**
     * Asks.
     *
     * @return empty for yes; why not
     */
    String refusal(AskHook hook, StreamRequest request) throws InterruptedException;
}
