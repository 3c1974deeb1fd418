package io.pcmshare.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Jazzer on every parser and every way in for a program's ioctls, each for as many inputs as {@code
 * pcmshare.fuzz.runs} says. {@code docs/fuzzing.md} tells how to do it for longer.
 */
@Timeout(600)
final class FuzzTest {
    private static final int RUNS = Integer.getInteger("pcmshare.fuzz.runs", 20_000);

    /** The same inputs each time: a failure of one build is one of the next. */
    private static final int SEED = 20190204;

    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(
            classes = {
                WireTarget.class,
                WavTarget.class,
                SpecTarget.class,
                RuleTarget.class,
                PcmTarget.class,
                ControlTarget.class,
                TimerTarget.class
            })
    void noInputMakesAnExceptionThatNobodyExpects(Class<?> target) throws Exception {
        assumeTrue(
                "amd64".equals(System.getProperty("os.arch")),
                "Jazzer brings libFuzzer for x86-64 Linux only");
        Path said = dir.resolve("said");
        Path corpus = Files.createDirectory(dir.resolve("corpus"));
        for (byte[] seed : SeedInputs.of(target)) {
            Files.write(corpus.resolve("seed" + Arrays.hashCode(seed)), seed);
        }
        List<String> command = new ArrayList<>();
        Collections.addAll(
                command,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.pcmshare.**",
                "-runs=" + runsOf(target),
                "-seed=" + SEED,
                "-max_len=1024",
                "-timeout=20",
                corpus.toString());
        Process jazzer =
                new ProcessBuilder(command)
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean ended = jazzer.waitFor(300, TimeUnit.SECONDS);
        jazzer.destroyForcibly();

        String log = Files.readString(said);
        assertThat(ended).as(log).isTrue();
        assertThat(jazzer.exitValue()).as(log).isZero();
        assertThat(log).as("that it is instrumented, and ran").contains("DONE", "cov:");
    }

    /** Every WAV file is written, mapped and unmapped, which takes longer than to parse it. */
    private static int runsOf(Class<?> target) {
        return target == WavTarget.class ? Math.ceilDiv(RUNS, 8) : RUNS;
    }
}
