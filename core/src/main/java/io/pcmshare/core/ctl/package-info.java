/**
 * Control devices: a card's elements, their values, locks, TLV and events. Kernel:
 * sound/core/control.c plays this part there.
 *
 * <p>Must not know how samples move, nor whose memory a caller's is.
 */
package io.pcmshare.core.ctl;
