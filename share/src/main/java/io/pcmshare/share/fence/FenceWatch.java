package io.pcmshare.share.fence;

/** Somebody who is to be told when a fence is done. */
public interface FenceWatch extends AutoCloseable {
    /** He is told no more, except where another thread is about to. Idempotent. */
    @Override
    void close();
}
