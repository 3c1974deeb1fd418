/**
 * The timer device: the system timer and a timer for each PCM substream. Kernel: sound/core/timer.c
 * and sound/core/pcm_timer.c play this part there.
 *
 * <p>Must not know streams: they say how long their periods are and when one is over.
 */
package io.pcmshare.core.timer;
