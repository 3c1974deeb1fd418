package io.pcmshare.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the packaged program as a user does, in a temporary folder of its own. */
final class Demo {
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;

    Demo(Path folder) {
        this.folder = folder;
    }

    /** What a run left behind: its status and all that it printed. */
    record Outcome(int status, String output) {
        String lastLine() {
            return output.lines().reduce("", (before, line) -> line);
        }
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = Packaged.command(temporary());
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        Outcome outcome =
                new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        try (Stream<Path> left = Files.list(temporary())) {
            assertThat(left).as("left in the folder for temporary files").isEmpty();
        }
        return outcome;
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("tmp"));
    }
}
