/**
 * Things to play on: null, WAV file, loopback cable, mixer, the machine's own.
 *
 * <p>Must not know clients, permissions or the wire.
 */
package io.pcmshare.cards;
