package io.pcmshare.server;

/** Is told of each pass of an {@link AudioThread}, by it: allocates nothing, waits for nobody. */
public interface PassProbe {
    /** Nobody wants to know. */
    PassProbe NONE =
            new PassProbe() {
                @Override
                public void woke(long lateNanos) {}

                @Override
                public void passed(long nanos) {}
            };

    /** It begins, so much after it was due. */
    void woke(long lateNanos);

    /** It has ended, and took so long. */
    void passed(long nanos);
}
