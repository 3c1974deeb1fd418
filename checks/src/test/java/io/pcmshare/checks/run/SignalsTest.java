package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals and the exit status. */
final class SignalsTest {
    private static final int SENDERS = 3;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = CProgram.Build.class,
            names = {"X86_64", "I386"})
    void aSignalEndsAWriteThatWaitsAndNoFrameIsLost(CProgram.Build build)
            throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "writei-signal.c", build);

        Supervised.Outcome outcome =
                new Supervised(folder).card("null").run(program.toString(), "/dev/snd/pcmC0D0p");

        assertThat(outcome.out())
                .as(outcome.all())
                .isEqualTo(
                        """
                        plain: ok, signals 1, some frames
                        SA_RESTART: ok, signals 1, some frames
                        standing still: EINTR, signals 1
                        """);
        assertThat(outcome.status()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 42, 42", "kill -9 $$, 137", "kill -TERM $$, 143"})
    void theStatusIsTheProgramsOwn(String script, int status)
            throws IOException, InterruptedException {
        assertThat(new Supervised(folder).run("sh", "-c", script).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"TERM", "INT", "HUP"})
    void aSignalForUsIsTheProgramsToAnswer(String signal) throws IOException, InterruptedException {
        Supervised supervised = new Supervised(folder);
        Process run =
                supervised.start(
                        "sh",
                        "-c",
                        "trap 'echo heard; exit 9' %s; touch ready; while :; do sleep 0.05; done"
                                .formatted(signal));
        supervised.awaitFile(run, "ready");

        new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid())).start().waitFor();

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(supervised.outcome(run).out()).isEqualTo("heard\n");
        assertThat(run.exitValue()).isEqualTo(9);
    }

    /**
     * As by Ctrl-Z and fg. The signal can come between giving a descriptor and giving the answer
     * with its number; the more so on a machine that has no time for the program, hence several
     * that send it.
     */
    @Test
    void aSupervisorThatIsStoppedAndGoesOnHandsOutEveryDescriptor()
            throws IOException, InterruptedException {
        Path stopAndGo = folder.resolve("stop-and-go.sh");
        Files.writeString(
                stopAndGo,
                """
                spin() { i=0; while [ $i -lt $1 ]; do i=$((i+1)); done; }
                while kill -STOP $1; do spin 500; kill -CONT $1; spin 1000; done
                """);
        Supervised supervised = new Supervised(folder);
        Process run =
                supervised.start(
                        "sh",
                        "-c",
                        """
                        exec </dev/null
                        touch ready
                        n=0
                        while [ $n -lt 2000 ]; do
                            exec 3</dev/snd/controlC0
                            [ -p /proc/self/fd/3 ] || echo "open $n: not a sound device"
                            exec 3<&-
                            n=$((n+1))
                        done
                        echo all
                        """);
        supervised.awaitFile(run, "ready");

        List<Process> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(
                    new ProcessBuilder("sh", stopAndGo.toString(), Long.toString(run.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }

        boolean ended = run.waitFor(60, TimeUnit.SECONDS);
        senders.forEach(Process::destroyForcibly);
        run.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(supervised.outcome(run).out()).isEqualTo("all\n");
    }

    /** It samples threads with a signal, and looks below /proc for each one that ends. */
    @Test
    void aFlightRecordingDisturbsNobody() throws IOException, InterruptedException {
        Path recording = folder.resolve("a.jfr");

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .through(
                                "env",
                                "JDK_JAVA_OPTIONS=-XX:StartFlightRecording:filename=" + recording)
                        .run("sh", "-c", "cat </dev/snd/controlC0 & sleep 0.5; kill $!; exit 5");

        assertThat(outcome.status()).as(outcome.all()).isEqualTo(5);
        assertThat(recording).isNotEmptyFile();
    }

    @Test
    void aProgramThatIsNotThereIsASentence() throws IOException, InterruptedException {
        Supervised.Outcome outcome = new Supervised(folder).run("no-such-program-here");

        assertThat(outcome.status()).isEqualTo(127);
        assertThat(outcome.err()).contains("no-such-program-here: no such program.");
    }
}
