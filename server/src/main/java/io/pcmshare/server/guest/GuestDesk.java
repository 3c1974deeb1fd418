package io.pcmshare.server.guest;

import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditLog;

import java.util.function.IntConsumer;

/** What a server has for the programs of one guest. Threads: any. */
public interface GuestDesk {
    /** Its card, as a machine's sound. */
    SoundSystem system();

    /** The time that the card runs by. */
    CardClock clock();

    /** Told what programs are given and what they give up; what the policy refuses it knows. */
    AuditLog audit();

    /**
     * Asks the policy whether a process may open a stream.
     *
     * @param question {@link Right#PLAY} or {@link Right#RECORD_MICROPHONE}
     * @param answer takes 0 or a negated errno, once, from any thread
     */
    void decide(int pid, Right question, IntConsumer answer);

    /** A process has opened a stream that nobody had open. */
    void opened(PcmFile file, int pid);

    /** The last open file of a stream is about to close. */
    void closing(PcmFile file);
}
