package io.pcmshare.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Every outcome that {@code io.pcmshare.bench.order} lists, for some tenths of a second each;
 * {@code bench/order} runs them longer. A short run finds an order that the compiler breaks, not
 * one that breaks once in a day.
 */
final class MemoryOrderTest {
    private static final int TESTS = 12;
    private static final int FEWEST_SAMPLES = 10_000;
    private static final Pattern PASSED =
            Pattern.compile("\\[OK\\] (io\\.pcmshare\\.bench\\.order\\.\\S+)");
    private static final Pattern SAMPLES = Pattern.compile("(?m)^ +\\S.*?  +([\\d,]+) +[\\d.]+%");

    @Test
    @Timeout(300)
    void noForbiddenOutcomeIsSeen(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process jcstress = start(folder, output);

        int exit = jcstress.waitFor();

        String report = Files.readString(output, StandardCharsets.UTF_8);
        // jcstress tells of each test when it is over, and once more at the end
        List<String> passed =
                PASSED.matcher(report).results().map(m -> m.group(1)).distinct().toList();
        long samples = SAMPLES.matcher(report).results().mapToLong(MemoryOrderTest::count).sum();
        assertThat(exit).as(report).isZero();
        assertThat(report).doesNotContain("[FAILED]", "[ERROR]");
        assertThat(passed).as(report).hasSize(TESTS);
        assertThat(samples).as("samples of all tests").isGreaterThan(FEWEST_SAMPLES);
    }

    private static long count(MatchResult line) {
        return Long.parseLong(line.group(1).replace(",", ""));
    }

    /** One fork for each test, one way of compiling, so that the build goes on soon. */
    private static Process start(Path folder, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("org.openjdk.jcstress.Main");
        command.addAll(List.of("-m", "quick", "-sc", "false", "-f", "1", "-fsm", "0"));
        command.addAll(List.of("-iters", "1", "-time", "300", "-af", "NONE", "-v"));
        command.addAll(List.of("-jvmArgs", "-Xmx256m"));
        ProcessBuilder builder = new ProcessBuilder(command);
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
