package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Many programs and threads at once, and those that are killed. */
final class CrowdTest {
    @TempDir private Path folder;

    private static long descriptorsOf(Process process) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return all.count();
        }
    }

    @Test
    void aHundredProgramsAtOnceAreHeardToTheSample() throws IOException, InterruptedException {
        Programs.need("aplay");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 24_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:substreams=128,record=heard")
                        .lockstep()
                        .script(
                                """
                                for i in $(seq 100); do aplay -q -D hw:0 a.wav || echo FAILED & done
                                wait
                                cat /proc/asound/card0/pcm0p/sub*/status | sort -u
                                """);

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("closed\n");
        int heard = 0;
        try (Stream<Path> files = Files.list(folder.resolve("heard"))) {
            for (Path file : files.toList()) {
                Wav.read(file).assertPlayed(Wav.read(source), file.toString());
                heard++;
            }
        }
        assertThat(heard).isEqualTo(100);
    }

    /** Each opens the card, looks at it and ends; twenty at a time. */
    @Test
    void twoThousandShortProgramsLeaveNothingBehind() throws IOException, InterruptedException {
        Supervised supervised = new Supervised(folder).card("null");
        Process run =
                supervised.start(
                        "sh",
                        "-c",
                        """
                        burst() { for i in $(seq 20); do cat /proc/asound/cards >/dev/null \
                            </dev/snd/controlC0 || echo FAILED & done; wait; }
                        burst; burst; echo warm; sleep 0.6; touch warm
                        until [ -e counted ]; do sleep 0.05; done
                        for n in $(seq 98); do burst; done; sleep 0.6; touch done
                        until [ -e ended ]; do sleep 0.05; done
                        """);
        supervised.awaitFile(run, "warm");
        long before = descriptorsOf(run);
        Files.createFile(folder.resolve("counted"));
        supervised.awaitFile(run, "done");
        long after = descriptorsOf(run);
        Files.createFile(folder.resolve("ended"));

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(supervised.outcome(run).out()).isEqualTo("warm\n");
        assertThat(after).as("descriptors").isEqualTo(before);
    }

    @Test
    void threadsOpenMapAndCloseAtTheSameMoment() throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "open-map-close.c", CProgram.Build.X86_64);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:substreams=64")
                        .run(program.toString(), "/dev/snd/pcmC0D0p", "16", "50");

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("wrong: 0\n");
    }

    @Test
    void killingPcmShareEndsWhatItPlays() throws IOException, InterruptedException {
        Programs.need("aplay");
        WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, 4_800_000);
        Supervised supervised = new Supervised(folder).card("null");
        Process run =
                supervised.start(
                        "sh",
                        "-c",
                        """
                        aplay -q -D hw:0 a.wav &
                        until grep -q RUNNING /proc/asound/card0/pcm0p/sub0/status; do :; done
                        touch started
                        wait
                        """);
        supervised.awaitFile(run, "started");
        List<ProcessHandle> programs = run.descendants().toList();
        assertThat(programs).hasSizeGreaterThanOrEqualTo(2);

        run.destroyForcibly();

        // their calls answer ENOSYS from now on, so that they end by themselves
        for (ProcessHandle program : programs) {
            assertThat(program.onExit())
                    .as("end of %s", program.info())
                    .succeedsWithin(Duration.ofSeconds(20));
        }
    }
}
