package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Every form of the buffer-sharing ABI that was ever proposed or shipped, by number. */
final class AbiVariantsTest {
    @TempDir private Path folder;

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = AbiVariantsTest.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CProgram.Build.class,
            names = {"X86_64", "X86_64_STATIC", "I386", "I386_TIME64"})
    void everyFormAnswersAndRefusesAsItsAuthorsMeantIt(CProgram.Build build)
            throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "abi-variants.c", build);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .run(program.toString(), "/dev/snd/pcmC0D0p", "/dev/snd/hwC0D0");

        assertThat(outcome.out().lines())
                .as(outcome.all())
                .containsExactlyElementsOf(lines("abi-variants.txt"));
    }

    /**
     * What the recording shows and memory or a pipe cannot: fstat and fdinfo, a position and its
     * like of a BUFFER dup, the leak of the patch.
     */
    private static String comparable(String line) {
        return line.replaceAll("st_mode 0\\d+ rdev \\d+:\\d+", "")
                .replaceAll("(?<=read EINVAL poll 1/0x[0-9a-f]{1,2} )lseek \\S+", "")
                .replaceAll("owner_pid +: \\d+ *$", "owner_pid")
                .replaceAll("^ *fsync -> .*", "fsync")
                .replaceAll("(?<=after HW_FREE: data ).*", "")
                .replaceAll("(?<=pointer to a read-only page with 0).*", "")
                .stripTrailing();
    }

    private static List<String> comparable(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("fdinfo"))
                .map(AbiVariantsTest::comparable)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void theDupAnswersAsOnThePatchedKernel() throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "anon-dup.c", CProgram.Build.X86_64);
        List<String> all = lines("anon-dup.txt");
        int capture = all.indexOf(all.stream().filter(l -> l.contains("D0c")).findFirst().get());
        List<String> recorded = all.subList(0, capture);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .script("ulimit -n 1024\n" + program + " /dev/snd/pcmC0D0p\n");

        assertThat(comparable(outcome.out().lines().toList()))
                .as(outcome.err())
                .containsExactlyElementsOf(comparable(recorded));
    }

    @Test
    void aBufferDupWorksInAProcessThatNobodySupervises() throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "pass-buffer.c", CProgram.Build.X86_64);
        String socket = folder.resolve("socket").toString();
        Process outside =
                new ProcessBuilder(program.toString(), "receive", socket)
                        .redirectErrorStream(true)
                        .start();

        Supervised.Outcome inside =
                new Supervised(folder)
                        .card("null")
                        .run(
                                "timeout",
                                "20",
                                program.toString(),
                                "send",
                                "/dev/snd/pcmC0D0p",
                                socket);

        assertThat(inside.out()).as(inside.all()).isEqualTo("in the ring: written outside\n");
        assertThat(outside.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(outside.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("data: ok\nioctl: ENOTTY\npoll: 1 0x5\n");
    }
}
