/**
 * PCM streams: open files, states, parameters, pointers, transfers, links.
 *
 * <p>Must not know who the client is or how its memory reached it. Kernel: sound/core/pcm.c,
 * pcm_native.c, pcm_lib.c.
 */
package io.pcmshare.core.pcm;
