/**
 * The protocol between a server and clients that know us; {@code docs/protocol.md} is its
 * specification.
 *
 * <p>Must not know streams: it turns bytes into values and back.
 */
package io.pcmshare.share.wire;
