package io.pcmshare.server.guest;

import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.Right;
import io.pcmshare.sys.Fd;

import java.io.IOException;
import java.util.Set;

/** Serves the calls of programs that do not know us. */
@FunctionalInterface
public interface GuestHost {
    /**
     * Takes programs on. What is made is run and closed by the calling thread.
     *
     * @param listener where their calls wait; the guest's from now on, also where this fails
     * @param denied questions that were answered with no for all of them
     * @param desk what they are served with
     */
    Guest take(Fd listener, Set<Right> denied, GuestDesk desk) throws IOException;

    /**
     * Programs that are served. Threads: one; {@link #stop}, {@link #pause} and {@link #revoke}
     * any.
     */
    interface Guest extends AutoCloseable {
        /** Serves until the last of the programs is gone, or {@link #stop}. */
        void run() throws IOException;

        /** Has {@link #run} end soon. */
        void stop();

        /**
         * Answers no call any more until {@link #stop}; programs wait.
         *
         * @param done told once no call is being answered, from any thread
         */
        void pause(Runnable done);

        /** Takes a stream from whoever of them has it. */
        void revoke(Substream stream);

        /** Lets go of everything. */
        @Override
        void close() throws IOException;
    }
}
