/**
 * Fences: that something has happened, as a value and as a descriptor that can be polled.
 *
 * <p>Must not know buffers, sockets or programs.
 */
package io.pcmshare.share.fence;
