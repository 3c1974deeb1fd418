package io.pcmshare.server;

/**
 * How a client was cut off.
 *
 * @param reason in words
 * @param noticedFrame where the hardware was when it was noticed
 * @param silentFromFrame from where on the stream is silent
 * @param nanos how long that took
 */
public record Cut(String reason, long noticedFrame, long silentFromFrame, long nanos) {}
