package io.pcmshare.core.kernel;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.user.SegmentMemory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A file that a program beside {@code record.h} wrote on a real kernel: calls, and for each its
 * result and every byte of the program's memory that it changed. The same calls are made again, and
 * differences collected.
 */
public final class Recording {
    private static final long BASE = 0x2000_0000L;
    private static final int SIZE = 0x48000;

    private final List<String> lines;
    private final byte[] memory = new byte[SIZE];
    private byte[] expected = new byte[SIZE];
    private final MemorySegment segment = MemorySegment.ofArray(memory);
    private final SegmentMemory user = new SegmentMemory(segment, BASE);
    private final List<String> differences = new ArrayList<>();
    private String about = "";
    private int calls;

    private Recording(List<String> lines) {
        this.lines = lines;
    }

    /** The recording of a name. */
    public static Recording of(String name) {
        String path = "/io/pcmshare/core/kernel/" + name;
        try (InputStream in =
                Objects.requireNonNull(Recording.class.getResourceAsStream(path), path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Recording(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls that were made. */
    public int calls() {
        return calls;
    }

    /** Asks everything again; what was answered differently. */
    public List<String> differences(AskedDevice device) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "#" -> about = line;
                case "pid" -> device.pid(Integer.parseInt(words[1]));
                case "clear" -> Arrays.fill(memory, (byte) 0);
                case "fill" -> Arrays.fill(memory, (byte) Integer.parseInt(words[1], 16));
                case "=" -> store(memory, words, 1);
                case "close" -> device.close(Integer.parseInt(words[1]));
                case "wait" -> device.await(Integer.parseInt(words[1]));
                case "sleep" -> device.sleep(Integer.parseInt(words[1]));
                default -> ask(device, i + 1, line, words);
            }
        }
        return differences;
    }

    private void ask(AskedDevice device, int number, String line, String[] words) {
        calls++;
        expected = memory.clone();
        int file = Integer.parseInt(words[1]);
        String result =
                switch (words[0]) {
                    case "open" -> print(device.open(file, words[2]));
                    case "poll" -> Integer.toHexString(device.poll(file));
                    case "ioctl" -> print(device.ioctl(file, hex(words[2]), hex(words[3]), user));
                    case "read" ->
                            print(device.read(file, user, hex(words[2]), Long.parseLong(words[3])));
                    default -> throw new IllegalArgumentException(line);
                };
        int arrow = Arrays.asList(words).indexOf("->");
        store(expected, words, Math.min(words.length, arrow + 3));
        for (String word : words) {
            if (word.startsWith("~")) {
                clear(word);
            }
        }
        if (!result.equals(words[arrow + 1]) || !Arrays.equals(memory, expected)) {
            String where = about + "\n  line " + number + ": " + shorten(line);
            differences.add(where + "\n  ours: " + result + changes());
        }
        System.arraycopy(expected, 0, memory, 0, SIZE);
    }

    private static String shorten(String line) {
        return line.length() > 400 ? line.substring(0, 400) + "..." : line;
    }

    private void clear(String word) {
        String[] range = word.substring(1).split("\\+", -1);
        Arrays.fill(memory, hex(range[0]), hex(range[0]) + hex(range[1]), (byte) 0);
    }

    private String changes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SIZE && text.length() < 400; i++) {
            if (memory[i] != expected[i]) {
                text.append(String.format(" %x:%02x not %02x", i, memory[i], expected[i]));
            }
        }
        return text.toString();
    }

    private static void store(byte[] into, String[] words, int from) {
        for (int i = from; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            if (colon > 0) {
                byte[] bytes = HexFormat.of().parseHex(words[i].substring(colon + 1));
                int at = hex(words[i].substring(0, colon));
                System.arraycopy(bytes, 0, into, at, bytes.length);
            } else if (words[i].startsWith("~")) {
                String[] range = words[i].substring(1).split("\\+", -1);
                Arrays.fill(into, hex(range[0]), hex(range[0]) + hex(range[1]), (byte) 0);
            }
        }
    }

    private static int hex(String text) {
        return Integer.parseUnsignedInt(text, 16);
    }

    private static String print(int answer) {
        if (answer >= 0) {
            return Integer.toString(answer);
        }
        for (Errno errno : Errno.values()) {
            if (errno.negated() == answer) {
                return errno.name();
            }
        }
        return Integer.toString(answer);
    }
}
