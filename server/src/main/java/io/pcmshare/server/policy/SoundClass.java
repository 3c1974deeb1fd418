package io.pcmshare.server.policy;

/** The questions that people are asked about a program. */
public enum SoundClass {
    /** May it make sound? */
    PLAY,
    /** May it hear the microphone? */
    MICROPHONE,
    /** May it hear what other programs play? */
    PROGRAMS
}
