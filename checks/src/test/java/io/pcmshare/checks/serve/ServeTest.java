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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of a server and its clients when people and signals have their way. */
@Timeout(180)
final class ServeTest {
    private static final int RATE = 48_000;
    private static final int FRAME_BYTES = 4;

    /** What a device has queued is lost with its server: four periods of 10 ms, and one more. */
    private static final int LEAD_FRAMES = RATE / 20;

    @TempDir Path temporary;

    private ServerFolder folder;

    @BeforeEach
    void begin() throws IOException {
        folder = new ServerFolder(temporary);
    }

    @AfterEach
    void end() {
        folder.close();
    }

    private Path file(int seconds) throws IOException {
        return WavBytes.write(folder.path("play.wav"), WavBytes.PCM, 2, RATE, 16, seconds * RATE);
    }

    private static byte[] samples(Path wav) throws IOException {
        return Wav.read(wav).samples();
    }

    private static void assertHeard(byte[] heard, byte[] expected) {
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
        assertThat(heard.length).isEqualTo(expected.length);
    }

    @Test
    void whatIsPlayedIsHeardAndCanBeListenedTo() throws Exception {
        Path played = file(2);
        Path out = folder.path("out.wav");
        Started server = folder.serve("--card", "wav:out=" + out);
        assertThat(folder.run("grant", "--class", "programs", "--for", "1m")).isNotEmpty();
        Started monitor =
                folder.start("record", "--monitor", "-s", "1", folder.path("mon.wav").toString());

        assertThat(folder.run("play", "--json", played.toString()))
                .contains("\"frames\":" + 2 * RATE)
                .contains("\"xruns\":0");
        assertThat(monitor.await()).as(monitor.said()).isZero();
        assertThat(samples(folder.path("mon.wav"))).hasSize(RATE * FRAME_BYTES);
        folder.run("stop");
        assertThat(server.await()).as(server.said()).isZero();

        byte[] heard = samples(out);
        int begin = 0; // the monitor has it play silence before
        while (heard[begin] == 0) {
            begin++;
        }
        begin -= begin % FRAME_BYTES;
        byte[] expected = samples(played);
        assertHeard(Arrays.copyOfRange(heard, begin, begin + expected.length), expected);
    }

    @Test
    void aClientOutlivesAServerThatIsKilledAndComesBack() throws Exception {
        Path played = file(5);
        Path first = folder.path("first.wav");
        Path second = folder.path("second.wav");
        Started server = folder.serve("--card", "wav:out=" + first);
        Started client = folder.start("play", "--json", played.toString());
        folder.awaitFrames(RATE);

        server.signal("KILL");
        server.process().waitFor();
        Started again = folder.serve("--card", "wav:out=" + second);

        assertThat(client.await()).as(client.said()).isZero();
        assertThat(client.said()).contains("\"reconnects\":1").contains("\"frames\":" + 5 * RATE);
        again.signal("TERM");
        assertThat(again.await()).as(again.said()).isZero();
        byte[] all = samples(played);
        byte[] before = samples(first);
        byte[] after = samples(second);
        assertHeard(before, Arrays.copyOf(all, before.length));
        assertHeard(after, Arrays.copyOfRange(all, all.length - after.length, all.length));
        // what the client's ring held is played again, what the device's held is lost
        int lostFrames = (all.length - before.length - after.length) / FRAME_BYTES;
        assertThat(lostFrames).isBetween(0, LEAD_FRAMES);
    }

    @Test
    void aServerThatIsToldToEndLetsWhatIsQueuedBeHeard() throws Exception {
        Path played = file(20);
        Path out = folder.path("out.wav");
        Started server = folder.serve("--card", "wav:out=" + out);
        Started client = folder.start("play", "--patience", "0", played.toString());
        folder.awaitFrames(RATE);

        server.signal("TERM");

        assertThat(server.await()).as(server.said()).isZero();
        assertThat(client.await()).isEqualTo(2);
        assertThat(client.said()).contains("server gone");
        byte[] heard = samples(out);
        assertHeard(heard, Arrays.copyOf(samples(played), heard.length));
        try (Stream<Path> sockets = Files.list(folder.path("pcmshare"))) {
            assertThat(sockets.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".lock"));
        }
    }

    @Test
    void aPolicyThatIsReadAgainTakesBackWhatItDoesNotAllowAnyMore() throws Exception {
        Path played = file(20);
        Path config = folder.path("server.toml");
        String card = "[[card]]\nspec = \"null\"\n";
        Files.writeString(config, card);
        Started server = folder.serve("--config", config.toString());
        Started client = folder.start("play", played.toString());
        folder.awaitFrames(1);

        Files.writeString(config, card + "[[rule]]\naction = \"alow\"\n");
        server.signal("HUP");
        ServerFolder.awaitWord(server, "the old configuration stays");
        assertThat(server.said()).contains("server.toml:4:").contains("allow");
        Files.writeString(config, card + "[[rule]]\nclass = \"microphone\"\naction = \"deny\"\n");
        server.signal("HUP");
        ServerFolder.awaitWord(server, "was read again");
        assertThat(folder.run("clients", "--json")).contains("RUNNING");

        Files.writeString(config, card + "[[rule]]\nclass = \"play\"\naction = \"deny\"\n");
        server.signal("HUP");

        assertThat(client.await()).isEqualTo(2);
        assertThat(client.said()).contains("revoked");
        assertThat(folder.run("audit")).contains("event=revocation");
    }

    @Test
    void aSecondServerSaysThatThereIsOneAndAStaleSocketIsReplaced() throws Exception {
        Started first = folder.serve("--card", "null");
        Started second = folder.start("serve", "--card", "null");
        assertThat(second.await()).isEqualTo(2);
        assertThat(second.said()).contains("(pid " + first.process().pid() + ")");

        first.signal("KILL");
        first.process().waitFor();
        assertThat(folder.path("pcmshare/socket")).exists();
        folder.serve("--card", "null");
        assertThat(folder.run("devices")).contains("0,0:playback*");
    }

    @Test
    void aServiceManagerHandsItsSocketOverAndIsTold() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "no python3 to play the service manager");
        Path script =
                Repository.root()
                        .resolve("checks/src/test/resources/io/pcmshare/checks/serve/activate.py");
        List<String> command = new java.util.ArrayList<>();
        command.add(python.toString());
        command.add(script.toString());
        command.add(folder.path("activated").toString());
        command.addAll(
                io.pcmshare.checks.Packaged.command(Files.createDirectories(folder.path("tmp"))));
        command.addAll(List.of("serve", "--card", "null"));
        Started manager = folder.startAny(command);
        ServerFolder.awaitWord(manager, "READY=1");

        String played =
                folder.run(
                        "play",
                        "--json",
                        "--socket",
                        folder.path("activated").toString(),
                        file(1).toString());

        assertThat(played).contains("\"frames\":" + RATE);
        folder.run("reload");
        folder.run("stop");
        assertThat(manager.await()).as(manager.said()).isZero();
        // the socket is the manager's: it stays for the next start
        assertThat(folder.path("activated")).exists();
    }
}
