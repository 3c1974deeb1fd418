/** The commands {@code play} and {@code record}: clients of a server. */
package io.pcmshare.cli.play;
