package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that know nothing of PcmShare, on the streams of a server: {@code run --server}. */
@Timeout(180)
final class GuestsTest {
    private static final int FRAMES = 48_013;
    private static final int LONG_FRAMES = 48_000 * 40;
    private static final String TO_FILE = "wav:out=mix.wav";

    @TempDir private Path folder;

    @BeforeEach
    void programsAreThere() {
        Programs.need("aplay", "arecord");
    }

    private Path random(String name, int frames) throws IOException {
        return WavBytes.write(folder.resolve(name), WavBytes.PCM, 2, 48_000, 16, frames);
    }

    private Wav mix() throws IOException {
        return Wav.read(folder.resolve("mix.wav"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-N", "-M"})
    void whatOnePlaysIsHeardToTheSample(String how) throws Exception {
        Path file = random("a.wav", FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            server.run("aplay", "-q", how, "-D", "hw:0", "a.wav");
            server.stop();
        }
        mix().assertHeardWhole(Wav.read(file), how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-N", "-M"})
    void whatOneRecordsIsAPieceOfTheMicrophonesFile(String how) throws Exception {
        Path file = random("in.wav", LONG_FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", "wav:out=mix.wav,in=" + file)) {
            server.run("arecord", "-q", how, "-D", "hw:0", "-f", "dat", "-s", "30000", "r.wav");
            server.stop();
        }
        Wav recorded = Wav.read(folder.resolve("r.wav"));
        recorded.assertPieceOf(Wav.read(file), 30_000, how);
    }

    @Test
    void twoAtOnceAreMixedWithoutALostSample() throws Exception {
        Wav left = side("left.wav", 0);
        Wav right = side("right.wav", 1);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            server.run("sh", "-c", "aplay -q left.wav & aplay -q right.wav; wait");
            server.stop();
        }
        Wav both = mix();
        assertThat(both.samples().length).isLessThan(left.samples().length * 2);
        channel(both, 0).assertHeardWhole(channel(left, 0), "left");
        channel(both, 1).assertHeardWhole(channel(right, 1), "right");
    }

    /** A file that is silent but for one of its channels. */
    private Wav side(String name, int kept) throws IOException {
        Path file = random(name, FRAMES * 2);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 44; i < bytes.length; i++) {
            if ((i - 44) / 2 % 2 != kept) {
                bytes[i] = 0;
            }
        }
        return Wav.read(Files.write(file, bytes));
    }

    private static Wav channel(Wav of, int number) {
        byte[] samples = new byte[of.samples().length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = of.samples()[i / 2 * 4 + number * 2 + i % 2];
        }
        return new Wav(1, of.rate(), of.bits(), samples);
    }

    @Test
    void anotherRateAndNumberOfChannelsIsHeardAsLongAsItIs() throws Exception {
        WavBytes.write(folder.resolve("m.wav"), WavBytes.PCM, 1, 44_100, 16, 44_100);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            server.run("aplay", "-q", "-D", "hw:0", "m.wav");
            server.stop();
        }
        Wav heard = mix();
        int first = 0;
        int last = heard.samples().length - 1;
        while (heard.samples()[first] == 0) {
            first++;
        }
        while (heard.samples()[last] == 0) {
            last--;
        }
        assertThat((last - first) / heard.frameBytes()).isBetween(47_900, 48_200);
    }

    @Test
    void commandsSeeAGuestsStreamAndTakeItBack() throws Exception {
        random("long.wav", LONG_FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            Process guest = server.guest("guest", "aplay", "-q", "long.wav");
            server.awaitRunning(1);
            assertThat(server.ask("clients")).contains("aplay[").contains("S16_LE 2x48000");
            server.ask("volume", "1", "-6");
            assertThat(server.ask("clients")).contains(" -6.0 ");
            server.ask("revoke", "1");

            assertThat(GuestServer.statusOf(guest)).as(server.all("guest")).isEqualTo(1);
            assertThat(server.text("guest.err")).contains("No such device");
            assertThat(server.ask("clients")).contains("Nobody plays or records.");
            assertThat(server.ask("audit")).contains("event=revocation");
        }
    }

    @Test
    void thePolicyIsAskedAboutTheProgramItself() throws Exception {
        random("a.wav", FRAMES);
        Files.writeString(
                folder.resolve("server.toml"),
                """
                [[card]]
                spec = "null"
                [[rule]]
                name = "no-aplay"
                exe = "**/aplay"
                class = "play"
                action = "deny"
                """);
        try (GuestServer server = new GuestServer(folder, "--config", "server.toml")) {
            Process guest = server.guest("guest", "sh", "-c", "aplay -q -D hw:0 a.wav");
            assertThat(GuestServer.statusOf(guest)).as(server.all("guest")).isEqualTo(1);
            assertThat(server.text("guest.err")).contains("Permission denied");
            server.run("arecord", "-q", "-D", "hw:0", "-f", "dat", "-s", "1000", "r.wav");
            assertThat(server.ask("audit"))
                    .contains("no-aplay")
                    .contains("event=grant stream=hw:0,0,0:capture");
        }
    }

    @Test
    void aProgramThatIsKilledLeavesNothingBehind() throws Exception {
        random("long.wav", LONG_FRAMES);
        Path file = random("a.wav", FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            Process guest = server.guest("victim", "sh", "-c", "exec aplay -q long.wav");
            server.awaitRunning(1);
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(GuestServer.statusOf(guest)).as(server.all("victim")).isEqualTo(128 + 9);
            server.awaitRunning(0);
            server.run("aplay", "-q", "-D", "hw:0", "a.wav");
            server.stop();
        }
        assertThat(mix().samples().length).isGreaterThan(Wav.read(file).samples().length);
    }

    @Test
    void aProgramPlaysOnWhenWhoStartedItIsKilled() throws Exception {
        Path file = random("a.wav", FRAMES * 4);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            Process guest = server.guest("guest", "aplay", "-q", "-D", "hw:0", "a.wav");
            server.awaitRunning(1);
            List<ProcessHandle> programs = guest.descendants().toList();
            guest.destroyForcibly().waitFor();

            GuestServer.await(
                    () -> programs.stream().noneMatch(ProcessHandle::isAlive), "it plays on");
            server.stop();
        }
        mix().assertHeardWhole(Wav.read(file), "a program without who started it");
    }

    @Test
    void whatAGuestHasQueuedIsHeardWhenTheServerIsTold() throws Exception {
        Path file = random("long.wav", LONG_FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            Process guest =
                    server.guest("guest", "aplay", "-q", "-D", "hw:0", "-B2000000", "long.wav");
            server.awaitRunning(1);
            server.stop();
            assertThat(GuestServer.statusOf(guest)).as(server.all("guest")).isNotZero();
        }
        mix().assertPieceOf(Wav.read(file), 2 * 48_000, "what was queued");
    }

    @Test
    void aServerThatIsKilledEndsItsGuestsWithASentence() throws Exception {
        random("long.wav", LONG_FRAMES);
        try (GuestServer server = new GuestServer(folder, "--card", TO_FILE)) {
            Process guest = server.guest("guest", "aplay", "-q", "long.wav");
            server.awaitRunning(1);
            server.kill();
            assertThat(GuestServer.statusOf(guest)).as(server.all("guest")).isNotZero();
            assertThat(server.text("guest.err")).contains("pcmshare: the server is gone");
        }
    }

    @Test
    void withoutAServerThereIsASentenceAndNoProgram() throws Exception {
        try (GuestServer server = new GuestServer(folder, "--card", "null")) {
            server.stop();
            Process guest = server.guest("guest", "touch", "started");
            assertThat(GuestServer.statusOf(guest)).isEqualTo(125);
            assertThat(server.text("guest.err")).contains("no server is running at");
            assertThat(folder.resolve("started")).doesNotExist();
        }
    }
}
