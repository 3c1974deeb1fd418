/**
 * What a server's audio thread saw, counted by somebody else.
 *
 * <p>Must not know streams nor devices.
 */
package io.pcmshare.server.measure;
