/**
 * Things to play on: null, WAV file, loopback cable.
 *
 * <p>Must not know clients, permissions or the wire.
 */
package io.pcmshare.cards;
