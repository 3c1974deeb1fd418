package io.pcmshare.run.node;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All names that a machine with sound has, and what stands behind them. Kernel: sound/core/sound.c,
 * init.c, info.c, pcm.c; the minor numbers are given out in the order of the devices, as there.
 */
public final class NodeTree {
    /** The folders below which every name is ours. */
    public static final List<String> ROOTS =
            List.of("/dev/snd", "/proc/asound", "/sys/class/sound");

    private static final int TIMER_MINOR = 33;
    private static final int FIRST_MINOR = 2;

    private final SoundSystem system;
    private final StreamTexts texts;
    private final Map<String, Node> devices = new LinkedHashMap<>();
    private final Map<String, Node> roots = new LinkedHashMap<>();
    private int nextMinor = FIRST_MINOR;

    /** The names of a machine's sound. */
    public NodeTree(SoundSystem system, OpenStreams streams) {
        this.system = system;
        this.texts = new StreamTexts(streams);
        system.cards().forEach(this::addDevices);
        devices.put("timer", new Node.Timer(TIMER_MINOR));
        roots.put("/dev/snd", new Node.Folder(devices));
        roots.put("/proc/asound", new Node.Folder(procAsound()));
        roots.put("/sys/class/sound", new Node.Folder(sysClass()));
    }

    private int minor() {
        return nextMinor == TIMER_MINOR ? ++nextMinor : nextMinor++;
    }

    private void addDevices(SoundCard card) {
        int number = card.card().number();
        for (PcmDevice device : card.card().devices()) {
            for (PcmStream stream : PcmStream.values()) {
                if (device.subdevicesCount(stream) > 0) {
                    String name = "pcmC" + number + "D" + device.number() + letter(stream);
                    devices.put(name, new Node.Pcm(card, device.number(), stream, minor()));
                }
            }
        }
        devices.put("hwC" + number + "D0", new Node.Hwdep(card, minor()));
        devices.put("controlC" + number, new Node.Control(card, minor()));
    }

    private static String letter(PcmStream stream) {
        return stream == PcmStream.PLAYBACK ? "p" : "c";
    }

    private Map<String, Node> procAsound() {
        MachineTexts machine = new MachineTexts(system, devices);
        Map<String, Node> all = new LinkedHashMap<>();
        text(all, "version", machine::version);
        text(all, "cards", machine::cards);
        text(all, "devices", machine::devices);
        text(all, "pcm", machine::pcm);
        text(all, "timers", machine::timers);
        text(all, "modules", machine::modules);
        for (SoundCard card : system.cards()) {
            String folder = "card" + card.card().number();
            all.put(folder, new Node.Folder(procCard(card)));
            all.put(card.card().id(), new Node.Link(folder));
        }
        return all;
    }

    private Map<String, Node> procCard(SoundCard card) {
        Map<String, Node> all = new LinkedHashMap<>();
        text(all, "id", () -> card.card().id() + "\n");
        for (PcmDevice device : card.card().devices()) {
            for (PcmStream stream : PcmStream.values()) {
                List<Substream> substreams = device.substreams(stream);
                if (!substreams.isEmpty()) {
                    all.put(
                            "pcm" + device.number() + letter(stream),
                            new Node.Folder(procPcm(device, stream, substreams)));
                }
            }
        }
        return all;
    }

    private Map<String, Node> procPcm(
            PcmDevice device, PcmStream stream, List<Substream> substreams) {
        Map<String, Node> all = new LinkedHashMap<>();
        // of a device as a whole the kernel shows the first substream
        text(all, "info", () -> StreamTexts.info(device, stream, 0));
        for (Substream substream : substreams) {
            Map<String, Node> sub = new LinkedHashMap<>();
            int number = substream.number();
            text(sub, "info", () -> StreamTexts.info(device, stream, number));
            text(sub, "hw_params", () -> texts.hwParams(substream));
            text(sub, "sw_params", () -> texts.swParams(substream));
            text(sub, "status", () -> texts.status(substream));
            text(sub, "grants", () -> texts.grants(substream));
            all.put("sub" + number, new Node.Folder(sub));
        }
        return all;
    }

    private Map<String, Node> sysClass() {
        Map<String, Node> all = new LinkedHashMap<>();
        for (SoundCard card : system.cards()) {
            Map<String, Node> files = new LinkedHashMap<>();
            int number = card.card().number();
            text(files, "id", () -> card.card().id() + "\n");
            text(files, "number", () -> number + "\n");
            text(files, "uevent", () -> "");
            devices.forEach(
                    (name, node) -> {
                        if (MachineTexts.cardOf(node) == number) {
                            files.put(name, new Node.Folder(sysDevice(name, node)));
                        }
                    });
            all.put("card" + number, new Node.Folder(files));
        }
        devices.forEach((name, node) -> all.put(name, new Node.Folder(sysDevice(name, node))));
        return all;
    }

    private static Map<String, Node> sysDevice(String name, Node node) {
        Map<String, Node> files = new LinkedHashMap<>();
        int minor = node instanceof Node.Device device ? device.minor() : 0;
        String type = node instanceof Node.Pcm ? "DEVTYPE=pcm\n" : "";
        text(files, "dev", () -> FileStatus.MAJOR + ":" + minor + "\n");
        text(
                files,
                "uevent",
                () ->
                        "MAJOR=%d\nMINOR=%d\nDEVNAME=snd/%s\n%s"
                                .formatted(FileStatus.MAJOR, minor, name, type));
        if (node instanceof Node.Pcm) {
            text(files, "pcm_class", () -> "generic\n");
        }
        return files;
    }

    private static void text(Map<String, Node> folder, String name, Supplier<String> content) {
        folder.put(name, new Node.Text(content));
    }

    /**
     * What has a name; links in the middle are followed.
     *
     * @param path absolute, without {@code .} and {@code ..}
     * @return {@code null} where there is nothing of this name
     */
    public @Nullable Node find(String path) {
        for (Map.Entry<String, Node> root : roots.entrySet()) {
            String prefix = root.getKey();
            if (path.equals(prefix)) {
                return root.getValue();
            }
            if (path.startsWith(prefix + "/")) {
                return walk(root.getValue(), path.substring(prefix.length() + 1));
            }
        }
        return isAbove(path) ? new Node.Folder(Map.of()) : null;
    }

    /** Whether a folder of the machine's own has one of the roots somewhere below it. */
    static boolean isAbove(String path) {
        return ROOTS.stream().anyMatch(root -> path.equals("/") || root.startsWith(path + "/"));
    }

    private static @Nullable Node walk(Node from, String rest) {
        Node at = from;
        String[] names = rest.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (!(at instanceof Node.Folder folder)) {
                return null;
            }
            Node next = folder.children().get(names[i]);
            if (next instanceof Node.Link link && i < names.length - 1) {
                next = folder.children().get(link.target());
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** What a link leads to; everything else is itself. */
    public @Nullable Node follow(String path) {
        Node found = find(path);
        return found instanceof Node.Link link
                ? find(path.substring(0, path.lastIndexOf('/') + 1) + link.target())
                : found;
    }

    /** The folders of all roots. */
    Map<String, Node> roots() {
        return roots;
    }
}
