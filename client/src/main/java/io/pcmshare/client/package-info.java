/**
 * The Java client API.
 *
 * <p>Must not know cards or the server's insides: it sees the protocol and its own memory.
 */
package io.pcmshare.client;
