package io.pcmshare.cli.run;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last arguments of this process as the bytes that they are: the virtual machine makes text of
 * them by the locale, and a file name that is none in this locale would not survive.
 */
final class CommandBytes {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private CommandBytes() {}

    /** The bytes of what is known as text: the last ones of the command line. */
    static List<byte[]> of(List<String> texts) {
        List<byte[]> all = commandLine();
        if (all.size() >= texts.size()) {
            List<byte[]> last = all.subList(all.size() - texts.size(), all.size());
            if (areThese(last, texts)) {
                return List.copyOf(last);
            }
        }
        // not started by a command line of its own: a test, or training
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static boolean areThese(List<byte[]> bytes, List<String> texts) {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        for (int i = 0; i < texts.size(); i++) {
            if (!new String(bytes.get(i), charset).equals(texts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> commandLine() {
        try {
            byte[] all = Files.readAllBytes(COMMAND_LINE);
            List<byte[]> arguments = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == 0) {
                    arguments.add(Arrays.copyOfRange(all, from, i));
                    from = i + 1;
                }
            }
            return arguments;
        } catch (IOException unknown) {
            return List.of(); // then the text has to do
        }
    }
}
