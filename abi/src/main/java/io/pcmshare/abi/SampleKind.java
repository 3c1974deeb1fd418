package io.pcmshare.abi;

/** What the bits of a {@link PcmFormat} mean. */
public enum SampleKind {
    /** Two's complement integer; silence is 0. */
    SIGNED,
    /** Integer with its silence in the middle of the range. */
    UNSIGNED,
    /** IEEE-754, full scale from −1 to 1. */
    FLOAT,
    /** One-bit samples, packed; silence is a pattern with as many ones as zeros. */
    DSD,
    /** IEC-958 subframes: a signed integer with status bits around it. */
    IEC958,
    /** Encoded; samples cannot be mixed without decoding them. */
    CODED
}
