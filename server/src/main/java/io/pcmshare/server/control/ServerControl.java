package io.pcmshare.server.control;

import java.util.List;

/**
 * What can be seen of a running server and done to it, whichever way somebody talks to it:
 * commands, a web page, a test. Threads: any; calls wait for the control thread, which never waits
 * for a client.
 */
public interface ServerControl {
    /** How everything is at this moment. */
    ServerState state();

    /**
     * What was decided, oldest first; a server keeps the last thousand.
     *
     * @param after the number of the last one that is known already; 0 for all
     */
    List<AuditEntry> audit(long after);

    /**
     * The last moments of what a device plays, or records, for a picture: the lowest and the
     * greatest sample of each piece, full scale at 1.
     *
     * @param device its name
     * @throws ControlException where there is no such device
     */
    Waveform waveform(String device) throws ControlException;

    /**
     * Sets a stream's volume, without a click.
     *
     * @param stream its number
     * @param decibels 0 for as it came, {@link Double#NEGATIVE_INFINITY} for silence; at most 20
     */
    void volume(long stream, double decibels) throws ControlException;

    /** Mutes a stream, or not; its volume is kept. */
    void mute(long stream, boolean muted) throws ControlException;

    /** Moves a stream to another device while it plays or records. */
    void move(long stream, String device) throws ControlException;

    /** Takes a grant back: what its holder writes is heard no more. */
    void revoke(long grant) throws ControlException;

    /** Takes back everything that a process was granted; the number of grants. */
    int revokeProcess(int pid) throws ControlException;

    /**
     * Lets somebody do what the policy does not, or the other way round: in front of its rules,
     * until the server ends or the time is over.
     *
     * @param rule as a rule of the policy's file: a TOML inline table or its lines
     * @return the rule's number, for {@link #forget}
     */
    long grant(String rule) throws ControlException;

    /** Drops a rule of {@link #grant}. */
    void forget(long rule) throws ControlException;

    /** Where streams go that name no device. */
    void defaultDevice(String device) throws ControlException;

    /**
     * Adds a card.
     *
     * @param spec {@code KIND[:KEY=VALUE,...]} as for {@code run --card}
     * @return its number
     */
    int addCard(String spec) throws ControlException;

    /** Takes a card away: its streams go to the default device, or end. */
    void removeCard(int card) throws ControlException;

    /** Reads configuration and policy again; streams that stay allowed do not notice. */
    void reload() throws ControlException;

    /** Lets what is queued be heard, and ends. */
    void stop();
}
