package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.Packaged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What programs were given can be asked, and is written down. */
final class GrantsTest {
    @TempDir private Path folder;

    @Test
    void everythingGivenNarrowedRefusedAndPassedOnIsALine()
            throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "narrow.c", CProgram.Build.X86_64);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card("null")
                        .option("--audit=audit.log")
                        .run(program.toString(), "/dev/snd/pcmC0D0p");

        assertThat(outcome.status()).as(outcome.all()).isZero();
        assertThat(outcome.out().replaceAll("(?m)^narrow\\S*\\[\\d+\\]", "narrow[N]"))
                .isEqualTo(
                        """
                        mode 77: EINVAL
                        PREPARE: ENOTTY
                        PREPARE: ENOTTY
                        narrow[N] /dev/snd/pcmC0D0p everything
                        narrow[N] anon_inode:snd-pcm MAP_BUFFER,ASK_STATUS
                        narrow[N] anon_inode:snd-pcm-buf MAP_BUFFER
                        """);
        List<String> lines =
                Files.readAllLines(folder.resolve("audit.log")).stream()
                        .map(line -> line.replaceAll("time=\\S+ |uid=\\d+ |pid=\\d+ ", ""))
                        .map(line -> line.replace("exe=" + program + " ", ""))
                        .toList();
        String stream = " stream=hw:0,0,0:playback permissions=";
        assertThat(lines)
                .startsWith(
                        "event=grant" + stream + "everything result=ok",
                        "event=narrowing" + stream + "MAP_BUFFER,ASK_STATUS result=ok",
                        "event=narrowing" + stream + "MAP_BUFFER result=ok",
                        "event=refusal"
                                + stream
                                + "nothing result=\"ANONYMOUS_DUP mode=77 EINVAL\"",
                        "event=refusal"
                                + stream
                                + "MAP_BUFFER,ASK_STATUS result=\"PREPARE ENOTTY\"",
                        "event=passing" + stream + "everything result=ok")
                .hasSize(9)
                .filteredOn(line -> line.startsWith("event=release"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "play, null, pcmC0D0p, pcmC0D0c",
        "microphone, null, pcmC0D0c, pcmC0D0p",
        "programs, loopback, pcmC0D1c, pcmC0D0p"
    })
    void whatPeopleDenyCannotBeOpened(String question, String card, String denied, String other)
            throws IOException, InterruptedException {
        String script =
                """
                (exec 3<>/dev/snd/%s) 2>&1 | grep -o 'Permission denied'
                (exec 3<>/dev/snd/%s) && echo opened
                """
                        .formatted(denied, other);

        Supervised.Outcome outcome =
                new Supervised(folder)
                        .card(card)
                        .option("--deny=" + question)
                        .run("sh", "-c", script);

        assertThat(outcome.out()).as(outcome.all()).isEqualTo("Permission denied\nopened\n");
    }

    @Test
    void theCommandListsThemForPeopleAndForPrograms() throws IOException, InterruptedException {
        String grants = "'" + String.join("' '", Packaged.command(folder)) + "' grants";
        String script = "exec 3<>/dev/snd/pcmC0D0p; %s --json; %s".formatted(grants, grants);

        Supervised.Outcome outcome = new Supervised(folder).card("null").run("sh", "-c", script);

        assertThat(outcome.out().replaceAll("\\d{3,}", "N"))
                .as(outcome.all())
                .startsWith(
                        "[{\"stream\":\"hw:0,0,0:playback\",\"program\":\"sh\",\"pid\":N,"
                                + "\"descriptor\":\"/dev/snd/pcmC0D0p\","
                                + "\"permissions\":[\"everything\"]}]\n"
                                + "STREAM")
                .contains("hw:0,0,0:playback");
    }
}
