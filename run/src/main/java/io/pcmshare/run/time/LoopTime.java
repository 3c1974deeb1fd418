package io.pcmshare.run.time;

/** Who moves the time of the cards, in a loop that also serves programs. Threads: one. */
public interface LoopTime {
    /** Nothing is due until a program calls. */
    long NEVER = -1;

    /**
     * Does what is due.
     *
     * @return nanoseconds that the loop may wait for calls before it comes again; 0 to look only;
     *     {@link #NEVER}
     */
    long advance();

    /** A thread got its answer, so it may call again. */
    void answered(int tid);

    /** A thread that may wait for one of its descriptors has been told that it is ready. */
    void woken(int tid);

    /** A thread waits in a call. */
    void waits(int tid);
}
