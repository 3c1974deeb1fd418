/**
 * Card time: the clocks a card can run by, and the count of frames since a start.
 *
 * <p>Must not know streams. Kernel: include/linux/timekeeping.h plays this part there.
 */
package io.pcmshare.core.clock;
