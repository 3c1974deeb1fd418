package io.pcmshare.cli.grants;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An open file of a substream, as {@code /proc/asound/card*}{@code /pcm*}{@code /sub*}{@code
 * /grants} tells of it.
 *
 * @param stream {@code hw:CARD,DEVICE,SUBDEVICE} and its direction
 * @param program the name of the process that opened it
 * @param pid of that process
 * @param descriptor what {@code readlink} of its descriptors says
 * @param permissions what it may do, comma-separated
 */
record HeldFile(String stream, String program, int pid, String descriptor, String permissions) {
    /** The program's name may hold anything. */
    private static final Pattern LINE = Pattern.compile("(.*)\\[(\\d+)\\] (\\S+) (\\S+)");

    private static final Pattern FOLDER =
            Pattern.compile(".*/card(\\d+)/pcm(\\d+)([pc])/sub(\\d+)");

    /**
     * All that are open.
     *
     * @param asound {@code /proc/asound}
     * @return none where no card is ours
     */
    static List<HeldFile> all(Path asound) throws IOException {
        List<HeldFile> all = new ArrayList<>();
        for (Path card : sorted(asound, "card[0-9]*")) {
            for (Path device : sorted(card, "pcm*")) {
                for (Path substream : sorted(device, "sub*")) {
                    all.addAll(of(substream));
                }
            }
        }
        return all;
    }

    /** Whether there is a card that tells such things at all. */
    static boolean isOurs(Path asound) throws IOException {
        for (Path card : sorted(asound, "card[0-9]*")) {
            for (Path device : sorted(card, "pcm*")) {
                for (Path substream : sorted(device, "sub*")) {
                    return Files.exists(substream.resolve("grants"));
                }
            }
        }
        return false;
    }

    private static List<Path> sorted(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
            all.forEach(found::add);
        } catch (NotDirectoryException | java.nio.file.NoSuchFileException none) {
            return List.of();
        }
        found.sort(
                (a, b) -> {
                    int byLength = Integer.compare(a.toString().length(), b.toString().length());
                    return byLength != 0 ? byLength : a.compareTo(b);
                });
        return found;
    }

    private static List<HeldFile> of(Path substream) throws IOException {
        Matcher folder = FOLDER.matcher(substream.toString());
        Path grants = substream.resolve("grants");
        if (!folder.matches() || !Files.exists(grants)) {
            return List.of();
        }
        String stream =
                "hw:%s,%s,%s:%s"
                        .formatted(
                                folder.group(1),
                                folder.group(2),
                                folder.group(4),
                                folder.group(3).equals("p") ? "playback" : "capture");
        List<HeldFile> files = new ArrayList<>();
        for (String line : Files.readAllLines(grants)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                files.add(
                        new HeldFile(
                                stream,
                                parts.group(1),
                                Integer.parseInt(parts.group(2)),
                                parts.group(3),
                                parts.group(4)));
            }
        }
        return files;
    }
}
