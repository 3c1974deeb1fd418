package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.Repository;
import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A card of the machine as one of ours, where the machine's card is what {@code pcmshare run} shows
 * a process: a Java program that plays through {@code hw:0} in there is a client like any other.
 */
final class HwCardTest {
    private static final int RATE = 48_000;

    /** A machine that is busy makes a program late that plays in real time. */
    private static final int ATTEMPTS = 20;

    @TempDir private Path folder;

    private static String[] player(String... arguments) {
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dattempts=" + ATTEMPTS,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        HwPlayer.class.getName());
        String[] command =
                Arrays.copyOf(java.toArray(String[]::new), java.size() + arguments.length);
        System.arraycopy(arguments, 0, command, java.size(), arguments.length);
        return command;
    }

    /** Where that program is, and the packaged rooms, of which it needs cards and share. */
    private static String classPath() {
        try {
            URI here = HwPlayer.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(here) + ":" + Repository.root().resolve("cli/target/lib") + "/*";
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsPlayedOnTheMachinesCardIsHeardToTheByte() throws IOException, InterruptedException {
        Wav source =
                Wav.read(
                        WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, RATE, 16, 50_011));
        Files.write(folder.resolve("raw"), source.samples());

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=x.wav")
                        .run(player("play", "raw", String.valueOf(RATE), "0", "hw:0"));

        assertThat(outcome.out()).as(outcome.all()).endsWith("SETUP\n");
        byte[] heard = Wav.read(folder.resolve("x.wav")).samples();
        // behind what an attempt played that came too late, if there was one
        int before = heard.length - source.samples().length;
        assertThat(before).isNotNegative();
        if (outcome.out().equals("SETUP\n")) {
            assertThat(before).as("bytes before it").isZero();
        }
        byte[] last = Arrays.copyOfRange(heard, before, heard.length);
        assertThat(Arrays.mismatch(last, source.samples())).isEqualTo(-1);
    }

    @Test
    void whatTheMachinesCardRecordsIsReadToTheByte() throws IOException, InterruptedException {
        Wav source =
                Wav.read(
                        WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, RATE, 16, 40_000));

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:mic=a.wav")
                        .run(player("record", "rec", String.valueOf(RATE), "30000", "hw:0,0"));

        assertThat(outcome.out()).as(outcome.all()).endsWith("SETUP\n");
        byte[] recorded = Files.readAllBytes(folder.resolve("rec"));
        assertThat(recorded).hasSize(30_000 * 4);
        assertThat(Arrays.mismatch(recorded, source.samples())).isEqualTo(recorded.length);
    }

    @Test
    void whatCannotBeOpenedIsASentence() throws IOException, InterruptedException {
        Supervised.Outcome nobody =
                new Supervised(folder)
                        .card("null")
                        .run(player("play", "out", String.valueOf(RATE), "0", "hw:5"));
        assertThat(nobody.out())
                .isEqualTo("Card \"hw:5\": there is no /dev/snd/pcmC5D*p and no ...c.\n");

        Supervised.Outcome virtual = new Supervised(folder).card("hw:0").lockstep().run("true");
        assertThat(virtual.status()).isEqualTo(2);
        assertThat(virtual.err()).contains("it needs the real clock");

        Supervised.Outcome taken =
                new Supervised(folder)
                        .card("wav:out=x.wav")
                        .run(player("play", "out", String.valueOf(RATE), "0", "hw:0,substreams=2"));
        assertThat(taken.out()).contains("/dev/snd/pcmC0D0p: somebody else has it open");
    }
}
