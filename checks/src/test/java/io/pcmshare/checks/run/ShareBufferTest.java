package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs in C that share buffers and wait for fences, by the numbers of the patches. */
final class ShareBufferTest {
    private static final int RATE = 48_000;
    private static final int HEADER_BYTES = 44;
    private static final int PERIODS = 64;
    private static final int PERIOD_BYTES = 4096;

    @TempDir private Path folder;

    private Path compile(String source, CProgram.Build build)
            throws IOException, InterruptedException {
        return CProgram.compile(folder, source, build);
    }

    private Path sound(int frames) throws IOException {
        return WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, RATE, 16, frames);
    }

    @ParameterizedTest
    @EnumSource(
            value = CProgram.Build.class,
            names = {"X86_64", "X86_64_STATIC", "I386", "I386_TIME64"})
    void theSequenceOfTheProposalPlaysWhatAChildWritesIntoTheBuffer(CProgram.Build build)
            throws IOException, InterruptedException {
        Path program = compile("share-play.c", build);
        Path source = sound(50_001);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=out.wav")
                        .lockstep()
                        .run(program.toString(), "/dev/snd/pcmC0D0p", source.toString());

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("played 50001, writer 0\n");
        Wav.read(folder.resolve("out.wav")).assertPlayed(Wav.read(source), "the recording");
    }

    @Test
    void oneCardPlaysFromTheRingThatAnotherRecordsTo() throws IOException, InterruptedException {
        Path program = compile("share-through.c", CProgram.Build.X86_64);
        Path source = sound(60_000);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:in=a.wav,out=unused.wav")
                        .card("wav:out=out.wav")
                        .lockstep()
                        .run(program.toString(), "/dev/snd/pcmC0D0c", "/dev/snd/pcmC1D0p", "61000");

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("played 61440\n");
        Wav.read(folder.resolve("out.wav")).assertPlayed(Wav.read(source), "the recording");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "added"})
    void twoWritersOrderedByFencesNeverTearAPeriod(String how)
            throws IOException, InterruptedException {
        Path program = compile("share-writers.c", CProgram.Build.X86_64);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("wav:out=out.wav")
                        .lockstep()
                        .run(
                                program.toString(),
                                "/dev/snd/pcmC0D0p",
                                Integer.toString(PERIODS),
                                how);

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("written 64, writers 0\n");
        byte[] played = Files.readAllBytes(folder.resolve("out.wav"));
        assertThat(played).hasSizeGreaterThanOrEqualTo(HEADER_BYTES + PERIODS * PERIOD_BYTES);
        int from = played.length - PERIODS * PERIOD_BYTES;
        for (int i = from; i < played.length; i += 2) {
            assertThat(played[i]).as("sample at byte %s", i).isEqualTo((byte) 2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CProgram.Build.class,
            names = {"X86_64", "X86_64_STATIC", "I386", "I386_TIME64"})
    void fencesAndAttachmentsAnswerWhatTheDocumentationSays(CProgram.Build build)
            throws IOException, InterruptedException {
        Path program = compile("share-fences.c", build);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null:substreams=1")
                        .card("null")
                        .lockstep()
                        .run(
                                "timeout",
                                "60",
                                program.toString(),
                                "/dev/snd/pcmC0D0p",
                                "/dev/snd/pcmC0D0c",
                                "/dev/snd/pcmC1D0p");

        try (InputStream in = ShareBufferTest.class.getResourceAsStream("share-fences.txt")) {
            String expected =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(outcome.out().lines())
                    .as(outcome.all())
                    .containsExactlyElementsOf(expected.lines().toList());
        }
    }

    /** Buffers, fences and holders that were killed, twice as many as before. */
    @Test
    void programsThatShareLeaveNothingBehind() throws IOException, InterruptedException {
        Path program = compile("share-fences.c", CProgram.Build.X86_64);
        Process run =
                new Supervised(folder)
                        .card("null:substreams=1")
                        .card("null")
                        .start(
                                "sh",
                                "-c",
                                """
                                once() { %s /dev/snd/pcmC0D0p /dev/snd/pcmC0D0c /dev/snd/pcmC1D0p \
                                    >/dev/null || echo FAILED; }
                                once; sleep 1; touch warm
                                until [ -e counted ]; do sleep 0.05; done
                                once; once; sleep 1; touch done
                                until [ -e ended ]; do sleep 0.05; done
                                """
                                        .formatted(program));
        new Supervised(folder).awaitFile(run, "warm");
        long before = descriptorsOf(run);
        Files.createFile(folder.resolve("counted"));
        new Supervised(folder).awaitFile(run, "done");
        long after = descriptorsOf(run);
        Files.createFile(folder.resolve("ended"));

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new Supervised(folder).outcome(run).out()).isEmpty();
        assertThat(after).as("descriptors").isEqualTo(before);
    }

    private static long descriptorsOf(Process process) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return all.count();
        }
    }

    @Test
    void killingPcmShareFailsTheFencesThatItKeeps() throws IOException, InterruptedException {
        Path program = compile("share-orphan.c", CProgram.Build.X86_64);
        Process run =
                new Supervised(folder)
                        .card("null")
                        .start(program.toString(), "/dev/snd/pcmC0D0p", "started");
        new Supervised(folder).awaitFile(run, "started");
        ProcessHandle waiting = run.descendants().findFirst().orElseThrow();

        run.destroyForcibly();

        assertThat(waiting.onExit().orTimeout(20, TimeUnit.SECONDS).join()).isNotNull();
        assertThat(Files.readString(folder.resolve("out"))).isEqualTo("failed\n");
    }
}
