/**
 * The daemon: sessions, and what each is granted.
 *
 * <p>Must not know command lines or terminals.
 */
package io.pcmshare.server;
