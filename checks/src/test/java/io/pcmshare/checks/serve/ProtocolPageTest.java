package io.pcmshare.checks.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.checks.Repository;
import io.pcmshare.checks.WavBytes;
import io.pcmshare.checks.run.Wav;
import io.pcmshare.checks.serve.ServerFolder.Started;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client in another language, written from {@code docs/protocol.md} alone, and our server. */
@Timeout(120)
final class ProtocolPageTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int RATE = 48_000;

    @TempDir Path temporary;

    private ServerFolder folder;

    @BeforeEach
    void begin() throws IOException {
        assumeTrue(Files.isExecutable(PYTHON), "no python3 to be the client");
        folder = new ServerFolder(temporary);
    }

    @AfterEach
    void end() {
        if (folder != null) {
            folder.close();
        }
    }

    private Started client(String command, Path file, String... more) throws IOException {
        Path script =
                Repository.root()
                        .resolve("checks/src/test/resources/io/pcmshare/checks/serve/client.py");
        List<String> line =
                new ArrayList<>(
                        List.of(
                                PYTHON.toString(),
                                script.toString(),
                                command,
                                folder.path("pcmshare/socket").toString(),
                                file.toString()));
        line.addAll(List.of(more));
        return folder.startAny(line);
    }

    @Test
    void aFileOfTheServersRateIsHeardToTheSample() throws Exception {
        Path out = folder.path("out.wav");
        Path played = WavBytes.write(folder.path("play.wav"), WavBytes.PCM, 2, RATE, 16, 2 * RATE);
        Started server = folder.serve("--card", "wav:out=" + out);

        Started client = client("play", played);

        assertThat(client.await()).as(client.said()).isZero();
        assertThat(client.said()).contains("heard " + 2 * RATE);
        folder.run("stop");
        assertThat(server.await()).as(server.said()).isZero();
        byte[] heard = Wav.read(out).samples();
        byte[] expected = Wav.read(played).samples();
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
    }

    @Test
    void aFileOfAnotherRateIsPlayedToItsEnd() throws Exception {
        int rate = 44_100;
        Path played = WavBytes.write(folder.path("play.wav"), WavBytes.PCM, 1, rate, 24, rate);
        folder.serve("--card", "null");

        Started client = client("play", played);

        assertThat(client.await()).as(client.said()).isZero();
        assertThat(client.said()).contains("heard " + rate);
    }

    @Test
    void whatProgramsPlayIsRefused() throws Exception {
        folder.serve("--card", "null");

        Started client = client("monitor", folder.path("monitor.wav"), "1");

        assertThat(client.await()).isEqualTo(1);
        assertThat(client.said()).contains("refused: EACCES");
        assertThat(folder.path("monitor.wav")).doesNotExist();
    }
}
