package io.pcmshare.run.node;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.pcm.PcmDevice;

import java.util.Locale;
import java.util.Map;

/** What the files of {@code /proc/asound} itself say. Kernel: sound/core/init.c, sound.c, pcm.c. */
final class MachineTexts {
    private static final int NO_CARD = -1;

    private final SoundSystem system;
    private final Map<String, Node> devices;

    MachineTexts(SoundSystem system, Map<String, Node> devices) {
        this.system = system;
        this.devices = devices;
    }

    String version() {
        return "Advanced Linux Sound Architecture Driver Version PcmShare.\n";
    }

    String cards() {
        if (system.cards().isEmpty()) {
            return "--- no soundcards ---\n";
        }
        StringBuilder text = new StringBuilder();
        for (SoundCard card : system.cards()) {
            text.append(
                    "%2d [%-15s]: %s - %s\n                      %s\n"
                            .formatted(
                                    card.card().number(),
                                    card.card().id(),
                                    card.controls().description().driver(),
                                    card.controls().description().name(),
                                    card.controls().description().longName()));
        }
        return text.toString();
    }

    String devices() {
        StringBuilder text = new StringBuilder();
        devices.values().stream()
                .map(node -> (Node.Device) node)
                .sorted((one, other) -> Integer.compare(one.minor(), other.minor()))
                .forEach(node -> text.append(device(node)));
        return text.toString();
    }

    private static String device(Node.Device node) {
        int card = cardOf(node);
        return switch (node) {
            case Node.Control control -> "%3d: [%2d]   : control\n".formatted(node.minor(), card);
            case Node.Timer timer -> "%3d:        : timer\n".formatted(node.minor());
            case Node.Hwdep hwdep ->
                    "%3d: [%2d- 0]: hardware dependent\n".formatted(node.minor(), card);
            case Node.Pcm pcm ->
                    "%3d: [%2d-%2d]: digital audio %s\n"
                            .formatted(
                                    node.minor(),
                                    card,
                                    pcm.device(),
                                    pcm.stream().name().toLowerCase(Locale.ROOT));
        };
    }

    /** The number of a device's card; -1 where it belongs to none. */
    static int cardOf(Node node) {
        return switch (node) {
            case Node.Control control -> control.card().card().number();
            case Node.Pcm pcm -> pcm.card().card().number();
            case Node.Hwdep hwdep -> hwdep.card().card().number();
            default -> NO_CARD;
        };
    }

    String pcm() {
        StringBuilder text = new StringBuilder();
        for (SoundCard card : system.cards()) {
            for (PcmDevice device : card.card().devices()) {
                text.append(
                        "%02d-%02d: %s : %s"
                                .formatted(
                                        card.card().number(),
                                        device.number(),
                                        device.id(),
                                        device.name()));
                for (PcmStream stream : PcmStream.values()) {
                    int count = device.subdevicesCount(stream);
                    if (count > 0) {
                        String direction = stream.name().toLowerCase(Locale.ROOT);
                        text.append(" : ").append(direction).append(' ').append(count);
                    }
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    String timers() {
        StringBuilder text = new StringBuilder("G0: system timer : 4000.000us (10000000 ticks)\n");
        for (SoundCard card : system.cards()) {
            for (PcmDevice device : card.card().devices()) {
                int most =
                        Math.max(
                                device.subdevicesCount(PcmStream.PLAYBACK),
                                device.subdevicesCount(PcmStream.CAPTURE));
                for (int i = 0; i < most; i++) {
                    for (PcmStream stream : PcmStream.values()) {
                        if (i < device.subdevicesCount(stream)) {
                            text.append(timer(card.card().number(), device, stream, i));
                        }
                    }
                }
            }
        }
        return text.toString();
    }

    private static String timer(int card, PcmDevice device, PcmStream stream, int substream) {
        String place = card + "-" + device.number() + "-" + ((substream << 1) | stream.code());
        String direction = stream.name().toLowerCase(Locale.ROOT);
        return "P" + place + ": PCM " + direction + " " + place + " : SLAVE\n";
    }

    String modules() {
        StringBuilder text = new StringBuilder();
        for (SoundCard card : system.cards()) {
            text.append("%2d pcmshare\n".formatted(card.card().number()));
        }
        return text.toString();
    }
}
