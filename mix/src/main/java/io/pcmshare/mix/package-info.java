/**
 * Sample conversion, mixing, resampling and volume: pure functions over memory segments.
 *
 * <p>Must not know streams, clocks or cards.
 */
package io.pcmshare.mix;
