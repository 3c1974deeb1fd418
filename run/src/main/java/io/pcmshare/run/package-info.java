/**
 * Serves unmodified programs by supervising their system calls.
 *
 * <p>Must not know the daemon's policy or the wire protocol.
 */
package io.pcmshare.run;
