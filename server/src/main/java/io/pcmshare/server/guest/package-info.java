/**
 * Programs that do not know us: how they are handed over by {@code pcmshare run --server}.
 *
 * <p>Must not know how system calls are supervised; that is a {@link
 * io.pcmshare.server.guest.GuestHost}'s.
 */
package io.pcmshare.server.guest;
