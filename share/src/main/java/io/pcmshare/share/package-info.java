/**
 * What leaves the process: regions in sealed memfds, permissions, anonymous dup, revocation, the
 * wire protocol.
 *
 * <p>Must not know which card plays or who decides.
 */
package io.pcmshare.share;
