/**
 * ALSA's PCM layer in Java.
 *
 * <p>Must not know descriptors, files or threads: it is given memory, a clock and wake-ups.
 */
package io.pcmshare.core;
