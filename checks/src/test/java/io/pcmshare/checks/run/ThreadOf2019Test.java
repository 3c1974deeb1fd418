package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The 22 things that the alsa-devel thread of 2019 names, each by its number: once as a 64-bit
 * program and once as a 32-bit one, whose lines are the same.
 */
final class ThreadOf2019Test {
    @TempDir private static Path folder;

    private static List<String> seen64 = List.of();
    private static List<String> seen32 = List.of();

    static List<String> lines() throws IOException {
        String resource = "thread-2019.txt";
        try (InputStream in = ThreadOf2019Test.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    @BeforeAll
    static void runBoth() throws IOException, InterruptedException {
        seen64 = run(CProgram.Build.X86_64, "audit64");
        seen32 = run(CProgram.Build.I386, "audit32");
    }

    private static List<String> run(CProgram.Build build, String audit)
            throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "thread-2019.c", build);
        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:substreams=1")
                        .option("--audit=" + audit)
                        .run(program.toString(), "/dev/snd/pcmC0D0p", "/dev/snd/pcmC0D0c");
        assertThat(outcome.status()).as(outcome.all()).isZero();
        return outcome.out().lines().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void number(String line) {
        assertThat(seen64).contains(line);
        assertThat(seen32).contains(line);
    }

    @Test
    void thereAreTwentyTwoAndNoOthers() throws IOException {
        assertThat(lines()).hasSize(22);
        assertThat(seen64).containsExactlyElementsOf(lines());
        assertThat(seen32).containsExactlyElementsOf(lines());
    }

    /** Number 6: who has passed it on to whom is on record. */
    @Test
    void thePassingOfADescriptorIsOnRecord() throws IOException {
        for (String audit : List.of("audit64", "audit32")) {
            assertThat(Files.readAllLines(folder.resolve(audit)))
                    .filteredOn(line -> line.contains("event=passing"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(line -> line.contains("stream=hw:0,0,0:playback"));
        }
    }
}
