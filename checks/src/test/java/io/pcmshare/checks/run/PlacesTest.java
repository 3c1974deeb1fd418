package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.checks.Packaged;
import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Without rights, in namespaces, and inside of itself. */
final class PlacesTest {
    private static final String NOBODY = "setpriv --reuid=65534 --clear-groups";

    @TempDir private Path folder;

    private void assumeWorks(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.add("true");
        Programs.need(words.getFirst());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, command + " does not work here: " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "unshare -r"})
    void aProgramWithoutRightsPlaysByMmap(String through) throws IOException, InterruptedException {
        assumeWorks(through);
        Programs.need("aplay");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 50_000);
        new ProcessBuilder("chmod", "-R", "a+rX", folder.toString()).start().waitFor();

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:record=heard")
                        .lockstep()
                        .script("try %s aplay -q -M -D hw:0 a.wav\n".formatted(through));

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav.read(folder.resolve("heard/card0-pcm0p-sub0-1.wav"))
                .assertPlayed(Wav.read(source), through);
    }

    @Test
    void pcmShareItselfNeedsNoRoot() throws IOException, InterruptedException {
        assumeWorks("unshare -r");
        Programs.need("aplay");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 50_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .through("unshare", "-r")
                        .card("null:record=heard")
                        .lockstep()
                        .script("try aplay -q -M -D hw:0 a.wav\n");

        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        Wav.read(folder.resolve("heard/card0-pcm0p-sub0-1.wav"))
                .assertPlayed(Wav.read(source), "in a user namespace");
    }

    @Test
    void insideOfItselfItSaysSo() throws IOException, InterruptedException {
        List<String> inner = new ArrayList<>(Packaged.command(folder));
        inner.addAll(List.of("run", "--", "true"));

        Supervised.Outcome outcome = new Supervised(folder).run(inner.toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(125);
        assertThat(outcome.err())
                .contains("already supervised by another one")
                .doesNotContain("Exception");
    }

    @Test
    void foldersLookAsOnAMachineWithSound() throws IOException, InterruptedException {
        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .script("ls -l /dev/snd; ls /proc/asound/card0; stat -c %F /dev/snd/timer");

        assertThat(outcome.out())
                .as(outcome.all())
                .contains("controlC0", "pcmC0D0c", "pcmC0D0p", "timer", "116,")
                .contains("character special file");
        assertThat(Files.exists(Path.of("/dev/snd/pcmC0D0p"))).as("only there").isFalse();
    }
}
