/**
 * The owner's side of sharing: memory in sealed memfds, grants, anonymous dup, revocation.
 *
 * <p>Must not know sockets or messages.
 */
package io.pcmshare.share.owner;
