/**
 * Hardware-parameter refinement: intervals, masks and the rules between them.
 *
 * <p>Must not know streams or states: it narrows a space of parameters and nothing else. Kernel:
 * sound/core/pcm_lib.c, pcm_native.c.
 */
package io.pcmshare.core.params;
