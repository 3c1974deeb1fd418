package io.pcmshare.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.cli.Main;
import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ControlSocket;
import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.GrantState;
import io.pcmshare.server.control.RuleState;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.Subject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(60)
class ServerCommandsTest {
    private static final DeviceState DEVICE =
            new DeviceState(
                    "0,0:playback",
                    0,
                    "Dummy",
                    "What people call it",
                    "playback",
                    true,
                    "shared",
                    "S16_LE",
                    2,
                    48_000,
                    480,
                    960,
                    1,
                    3,
                    -6.25,
                    Double.NEGATIVE_INFINITY);

    private static final DeviceState IDLE =
            new DeviceState(
                    "12,0:capture",
                    12,
                    "A_longer_name_1",
                    "A name " + "that goes on ".repeat(9),
                    "capture",
                    false,
                    "idle",
                    "",
                    0,
                    0,
                    1024,
                    2048,
                    0,
                    0,
                    Double.NEGATIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);

    private static final StreamState STREAM =
            new StreamState(
                    3,
                    412,
                    1000,
                    "/usr/bin/evil\u001b[2J\u202e",
                    "playback",
                    "shared",
                    "0,0:playback",
                    "RUNNING",
                    "S16_LE",
                    1,
                    44_100,
                    100,
                    400,
                    77,
                    5,
                    20_500_000,
                    7,
                    -3.5,
                    false,
                    -1.04,
                    -2);

    private static final ServerState STATE =
            new ServerState(
                    "0.1.0",
                    77,
                    "/run/x/socket",
                    "real",
                    5_000_000_000L,
                    1.25,
                    9,
                    2,
                    List.of(DEVICE, IDLE),
                    List.of(STREAM),
                    List.of(
                            new GrantState(
                                    4,
                                    3,
                                    412,
                                    1000,
                                    "/usr/bin/aplay",
                                    "0,0:playback",
                                    List.of("MAP_BUFFER", "MAP_STATUS"),
                                    3_725_000_000_000L,
                                    48_000)),
                    List.of(new RuleState(1, "{exe = \"/x\"}", -1)),
                    List.of());

    private static final AuditEntry ENTRY =
            new AuditEntry(
                    12,
                    Instant.parse("2026-01-02T03:04:05.678901Z"),
                    new AuditEvent(
                            AuditEvent.Kind.REFUSAL,
                            new Subject(1000, 5, "/a b", ""),
                            "hw:0,0,0:capture",
                            Permissions.BUFFER,
                            "EPERM"));

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final Map<String, Object> answers = new ConcurrentHashMap<>(Map.of("state", STATE));
    @TempDir private Path folder;
    private @Nullable ControlSocket socket;
    private String out = "";
    private String err = "";

    @BeforeEach
    void begin() throws IOException {
        ServerControl control =
                (ServerControl)
                        Proxy.newProxyInstance(
                                ServerCommandsTest.class.getClassLoader(),
                                new Class<?>[] {ServerControl.class},
                                (proxy, method, arguments) -> {
                                    calls.add(
                                            method.getName()
                                                    + (arguments == null
                                                            ? ""
                                                            : " " + Arrays.toString(arguments)));
                                    Object answer = answers.get(method.getName());
                                    if (answer instanceof Throwable failure) {
                                        throw failure;
                                    }
                                    return answer;
                                });
        socket = ControlSocket.open(folder.resolve("control"), control);
    }

    @AfterEach
    void end() throws IOException {
        Objects.requireNonNull(socket).close();
    }

    @Test
    void devicesAreATable() {
        assertThat(run("devices")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                        DEVICE         CARD            STATE   SOUND           PERIOD  STREAMS  XRUNS  PEAK  DESCRIPTION
                        0,0:playback*  Dummy           shared  S16_LE 2x48000  480     1        3      -6.3  What people ca…
                        12,0:capture   A_longer_name…  idle    -               1024    0        0      -inf  A name that go…
                        """);
        assertThat(out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    }

    @Test
    void clientsAreATableInWhichNoStrangerMovesTheCursor() {
        assertThat(run("clients")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                        STREAM  PROGRAM         KIND      DEVICE  STATE    SOUND           LATENCY  XRUNS  VOLUME  PEAK
                        3       evil?[2J?[412]  playback  0,0     RUNNING  S16_LE 1x44100  20.5ms   7      -3.5    -1.0
                        """);
    }

    @Test
    void grantsOfAServerAreATableWithTheRulesThatWereGiven() {
        assertThat(run("grants")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                        GRANT  STREAM  PROGRAM     DEVICE        LEFT                 PERMISSIONS
                        4      3       aplay[412]  0,0:playback  1h02m, 48000 frames  MAP_BUFFER,MAP_STATUS

                        RULE  LEFT  TEXT
                        1     -     {exe = "/x"}
                        """);
        assertThat(run("grants", "--json")).isZero();
        assertThat(out)
                .startsWith("{\"grants\":[{\"number\":4,\"stream\":3,\"pid\":412,")
                .endsWith(
                        "\"rules\":[{\"number\":1,\"text\":\"{exe ="
                                + " \\\"/x\\\"}\",\"leftNanos\":-1}]}\n")
                .hasLineCount(1);
    }

    @Test
    void auditIsALineForEachDecision() {
        answers.put("audit", List.of(ENTRY));
        assertThat(run("audit", "--after", "11")).isZero();
        assertThat(out)
                .isEqualTo(
                        "12 2026-01-02T03:04:05.678Z event=refusal stream=hw:0,0,0:capture"
                                + " uid=1000 pid=5 exe=\"/a b\" permissions=MAP_BUFFER"
                                + " result=EPERM\n");
        assertThat(calls).containsExactly("audit [11]");
    }

    @Test
    void whatIsForProgramsIsOneLineOfJson() {
        answers.put("audit", List.of(ENTRY));
        answers.put("grant", 9L);
        assertThat(run("devices", "--json")).isZero();
        assertThat(out).startsWith("[{\"name\":\"0,0:playback\"").contains("\"rmsDecibels\":null");
        assertThat(run("clients", "--json")).isZero();
        assertThat(out).startsWith("[{\"number\":3,").hasLineCount(1);
        assertThat(run("audit", "--json")).isZero();
        assertThat(out).startsWith("[{\"number\":12,\"time\":\"2026-01-02T03:04:05.678901Z\"");
        assertThat(run("grant", "--exe=/x", "--json")).isZero();
        assertThat(out).isEqualTo("{\"rule\":9}\n");
        assertThat(run("volume", "3", "-6", "--json")).isZero();
        assertThat(out).isEqualTo("{}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "volume 3 -6 | volume [3, -6.0] | Stream 3 is at -6.0 dB.",
                "volume 3 +1.5dB | volume [3, 1.5] | Stream 3 is at 1.5 dB.",
                "volume 3 -inf | volume [3, -Infinity] | Stream 3 is at -inf dB.",
                "volume 3 mute | mute [3, true] | Stream 3 is muted.",
                "volume 3 unmute | mute [3, false] | Stream 3 is unmuted.",
                "move 3 1,0:playback | move [3, 1,0:playback] | Stream 3 goes to 1,0:playback.",
                "revoke 4 | revoke [4] | Grant 4 was taken back.",
                "revoke --pid 412 | revokeProcess [412] | Grants that were taken back: 2.",
                "revoke --rule 1 | forget [1] | Rule 1 has gone.",
                "devices add wav:out=x.wav | addCard [wav:out=x.wav] | It is card 5.",
                "devices remove 5 | removeCard [5] | Card 5 has gone.",
                "devices default 1,0:capture | defaultDevice [1,0:capture]"
                        + " | Streams that name no device go to 1,0:capture.",
                "reload | reload | Configuration and policy were read again.",
                "stop | stop | The server ends as soon as what is queued has been heard.",
                "grant --exe /usr/bin/\"obs\\ --class programs --for 2h"
                        + " | grant [{action = \"allow\", exe = \"/usr/bin/\\\"obs\\\\\","
                        + " class = [\"programs\"], for = \"2h\"}]"
                        + " | Rule 6 stands in front; 'pcmshare revoke --rule 6' takes it back.",
                "grant --uid anna,1000 --device 0,* --deny --quota 4800"
                        + " | grant [{action = \"deny\", uid = [\"anna\", 1000],"
                        + " device = \"0,*\", quota = 4800}]"
                        + " | Rule 6 stands in front; 'pcmshare revoke --rule 6' takes it back.",
                "grant --class play,microphone --permission BUFFER --quota 30s"
                        + " | grant [{action = \"allow\", class = [\"play\", \"microphone\"],"
                        + " permissions = [\"BUFFER\"], quota = \"30s\"}]"
                        + " | Rule 6 stands in front; 'pcmshare revoke --rule 6' takes it back.",
                "grant {exe='/x'} | grant [{exe='/x'}]"
                        + " | Rule 6 stands in front; 'pcmshare revoke --rule 6' takes it back.",
            })
    void commandsDoOneThingAndSayIt(String line, String call, String said) {
        answers.putAll(Map.of("revokeProcess", 2, "addCard", 5, "grant", 6L));
        assertThat(run(line.split(" "))).as(err).isZero();
        assertThat(calls).containsExactly(call);
        assertThat(out).isEqualTo(said + "\n");
        assertThat(err).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "volume 3 loud | \"loud\" is no volume: say decibels, -6, or mute or unmute.",
                "volume 3 1e3 | \"1e3\" is no volume",
                "grant | a rule for everybody and everything is too much: say --exe,",
                "grant --deny | a rule for everybody and everything is too much",
                "grant {} --deny | say a rule or options, not both.",
            })
    void whatMakesNoSenseIsSaidAndTheServerIsNotBothered(String line, String said) {
        assertThat(run(line.split(" "))).isEqualTo(Main.BAD_INPUT);
        assertThat(err).startsWith("pcmshare: " + said);
        assertThat(calls).isEmpty();
    }

    @Test
    void aRefusalOfTheServerIsSaidAsItIs() {
        answers.put("move", new ControlException("there is no stream 9."));
        assertThat(run("move", "9", "0,0:playback")).isEqualTo(Main.BAD_INPUT);
        assertThat(err).isEqualTo("pcmshare: there is no stream 9.\n");
        assertThat(out).isEmpty();
    }

    @Test
    void anOptionBeforeTheSubcommandHoldsForIt() {
        answers.put("addCard", 5);
        String path = folder.resolve("control").toString();
        assertThat(plain("devices", "--json", "--socket", path, "add", "null")).isZero();
        assertThat(out).isEqualTo("{\"card\":5}\n");
    }

    @Test
    void withoutAServerItIsSaidHowToStartOne() throws IOException {
        end();
        assertThat(run("clients")).isEqualTo(Main.BAD_INPUT);
        assertThat(err)
                .startsWith("pcmshare: no server is running at " + folder.resolve("control"))
                .contains("'pcmshare serve' starts one");
        assertThat(run("grants")).isEqualTo(Main.BAD_INPUT);
        assertThat(err).contains("no server is running at");
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        String path = Files.createFile(open.resolve("control")).toString();
        assertThat(plain("clients", "--socket", path)).isEqualTo(Main.BAD_INPUT);
        assertThat(err).contains(open + ": others may use it");
    }

    @Test
    void everyCommandHasAnExampleOrSaysItsStatusInItsHelp() {
        for (String name :
                List.of(
                        "devices", "clients", "grants", "grant", "revoke", "volume", "move",
                        "audit", "reload", "stop")) {
            assertThat(plain(name, "--help")).isZero();
            assertThat(out).as(name).contains("Exit status: 0").contains("--json");
            assertThat(out.lines().mapToInt(String::length).max().orElse(0)).isLessThan(101);
        }
    }

    /** The status of a command on this server. */
    @Test
    void topPrintsOnceWhatItWouldShow() {
        assertThat(run("top", "--once")).isZero();
        assertThat(out)
                .contains("0,0:playback*", "evil?[2J?[412]", "20.5ms")
                .doesNotContain("\u001b");
        assertThat(run("top", "--once", "--json")).isZero();
        assertThat(out.lines()).singleElement().asString().startsWith("{\"version\":\"0.1.0\"");
        assertThat(run("top", "--interval=1us")).isEqualTo(2);
        assertThat(err).contains("20ms to 1m");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--socket=" + folder.resolve("control"));
        return plain(all.toArray(String[]::new));
    }

    private int plain(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(complained, true));
        int status = line.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return status;
    }
}
