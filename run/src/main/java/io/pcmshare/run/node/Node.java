package io.pcmshare.run.node;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.SoundCard;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that has a name below {@code /dev/snd}, {@code /proc/asound} or {@code
 * /sys/class/sound}.
 */
public sealed interface Node {
    /** A character device of major number 116. */
    sealed interface Device extends Node {
        /** Its minor number. */
        int minor();
    }

    /** {@code controlC*}. */
    record Control(SoundCard card, int minor) implements Device {}

    /** {@code pcmC*D*p} and {@code c}. */
    record Pcm(SoundCard card, int device, PcmStream stream, int minor) implements Device {}

    /** {@code hwC*D0}. */
    record Hwdep(SoundCard card, int minor) implements Device {}

    /** {@code timer}. */
    record Timer(int minor) implements Device {}

    /** A file with text, made anew whenever it is opened. */
    record Text(Supplier<String> content) implements Node {}

    /** A folder; names in the order in which they are listed. */
    record Folder(Map<String, Node> children) implements Node {}

    /** A symbolic link to a name in the same folder. */
    record Link(String target) implements Node {}
}
