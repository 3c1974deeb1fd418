/**
 * The names below {@code /dev/snd}, {@code /proc/asound} and {@code /sys/class/sound}, and what
 * stands in their files.
 *
 * <p>Must not know programs or their calls.
 */
package io.pcmshare.run.node;
