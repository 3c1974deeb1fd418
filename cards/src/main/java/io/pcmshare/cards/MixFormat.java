package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;

/**
 * What a mix is.
 *
 * @param format of its samples
 * @param channels samples in a frame
 * @param rate frames a second
 */
public record MixFormat(PcmFormat format, int channels, int rate) {}
