package io.pcmshare.cards;

import io.pcmshare.abi.CtlCardInfo;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Syscalls;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A sound card of the machine as one of ours. Its devices are opened when it is made and held as
 * long as it is there, so that nobody else takes them meanwhile.
 */
final class HwCard {
    private static final Path FOLDER = Path.of("/dev/snd");
    private static final int INFO_BYTES = 512;

    private final CardSpec spec;
    private final CardTarget.Machine machine;

    HwCard(CardSpec spec, CardTarget.Machine machine) {
        this.spec = spec;
        this.machine = machine;
    }

    /**
     * What the machine calls it; {@code null} where it cannot be asked, which a later open says.
     */
    static @Nullable CardDescription describe(CardTarget.Machine machine) {
        Path control = FOLDER.resolve("controlC" + machine.card());
        try (Fd fd = Fd.open(control, Fd.O_RDONLY);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(INFO_BYTES, Long.BYTES);
            CtlCardInfo info = new CtlCardInfo(memory, DataModel.LP64);
            if (Syscalls.ioctl(fd, CtlIoctl.CARD_INFO.request(DataModel.LP64), memory) < 0) {
                return null;
            }
            return new CardDescription(
                    info.id(),
                    info.driver(),
                    info.name(),
                    info.longname(),
                    info.mixername(),
                    info.components());
        } catch (ErrnoException e) {
            return null;
        }
    }

    /**
     * Adds the devices.
     *
     * @param owned becomes the owner of what is opened
     * @return what the first of them can do
     * @throws CardSpecException in a sentence, why there is none
     */
    CardModel addDevices(Card card, StreamFitter fitter, Closer owned) {
        @Nullable CardModel first = null;
        for (int number : numbers()) {
            @Nullable PcmDevice device = null;
            for (PcmStream stream : PcmStream.values()) {
                Path node = node(number, stream);
                for (int i = 0; Files.exists(node) && i < spec.substreams(); i++) {
                    KernelNode open = open(node, stream);
                    owned.add(open);
                    CardModel model = model(node, open);
                    if (device == null) {
                        PcmNode.Label label = open.label();
                        device = card.addDevice(label.id(), label.name());
                    }
                    first = first == null ? model : first;
                    add(device, stream, open, model, fitter, owned);
                }
            }
        }
        if (first == null) {
            throw refuse("it has no such device");
        }
        return first;
    }

    private static void add(
            PcmDevice device,
            PcmStream stream,
            PcmNode node,
            CardModel model,
            StreamFitter fitter,
            Closer owned) {
        switch (stream) {
            case PLAYBACK -> {
                HwPlaybackOps ops = new HwPlaybackOps(node, model);
                ops.stream(fitter.add(device, stream, ops));
                owned.add(ops::end);
            }
            case CAPTURE -> {
                HwCaptureOps ops = new HwCaptureOps(node, model);
                ops.stream(fitter.add(device, stream, ops));
            }
        }
    }

    /** Within what the user left of it. */
    private CardModel model(Path path, PcmNode node) {
        CardModel bounds = HwModel.bounds(node);
        if (bounds == null) {
            throw refuse(path + " has no interleaved frames, and we write no others");
        }
        return bounds.limited(spec.model().limits());
    }

    private Path node(int device, PcmStream stream) {
        String end = stream == PcmStream.PLAYBACK ? "p" : "c";
        return FOLDER.resolve("pcmC" + machine.card() + "D" + device + end);
    }

    /** The devices' numbers on the machine. */
    private List<Integer> numbers() {
        if (!Files.isDirectory(FOLDER)) {
            throw refuse(
                    FOLDER
                            + " is not there: the machine has no sound card, or this container was"
                            + " not given one (docker run --device /dev/snd)");
        }
        TreeSet<Integer> found = new TreeSet<>();
        String glob = "pcmC" + machine.card() + "D[0-9]*[pc]";
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(FOLDER, glob)) {
            for (Path path : nodes) {
                String name = String.valueOf(path.getFileName());
                found.add(Integer.parseInt(name.replaceAll("^.*D|[pc]$", "")));
            }
        } catch (IOException e) {
            throw refuse(FOLDER + " cannot be listed: " + e.getMessage());
        }
        if (machine.device() != CardTarget.Machine.ALL_DEVICES) {
            found.retainAll(List.of(machine.device()));
        }
        if (found.isEmpty()) {
            String device =
                    machine.device() == CardTarget.Machine.ALL_DEVICES
                            ? "*"
                            : String.valueOf(machine.device());
            throw refuse(
                    "there is no %s/pcmC%dD%sp and no ...c"
                            .formatted(FOLDER, machine.card(), device));
        }
        return new ArrayList<>(found);
    }

    private KernelNode open(Path node, PcmStream stream) {
        try {
            return KernelNode.open(node, stream == PcmStream.CAPTURE);
        } catch (ErrnoException e) {
            Errno errno = e.errno();
            String why =
                    switch (errno) {
                        case EACCES, EPERM ->
                                "you may not open it: be a member of its group, which is audio on"
                                        + " most machines, or give it to the container";
                        case EBUSY ->
                                "somebody else has it open, a sound server perhaps, or it has not"
                                        + " so many substreams";
                        case null, default -> String.valueOf(e.getMessage());
                    };
            throw refuse(node + ": " + why);
        }
    }

    private CardSpecException refuse(String why) {
        return new CardSpecException("Card \"hw:" + machine.card() + "\": " + why + ".");
    }
}
