/**
 * Who moves the cards' time: the wall clock, or the programs.
 *
 * <p>Must not know system calls.
 */
package io.pcmshare.run.time;
