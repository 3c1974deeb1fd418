/** Tests of the PCM layer, on a card whose time a test moves by hand. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.core.pcm;
