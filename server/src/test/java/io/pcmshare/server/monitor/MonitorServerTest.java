package io.pcmshare.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.FakeControl;
import io.pcmshare.server.control.Waveform;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

@Timeout(60)
final class MonitorServerTest {
    private static final int PERIOD_MILLIS = 20;
    private static final String MUTE = "{\"stream\":3,\"muted\":true}";

    private final FakeControl fake = new FakeControl();
    private final HttpClient http = HttpClient.newHttpClient();
    private @TempDir @Nullable Path folder;
    private @Nullable MonitorServer server;

    @BeforeEach
    void serve() throws IOException {
        fake.answers.put("audit", List.of());
        fake.answers.put("waveform", picture(2, 0.25f, 1));
        server = MonitorServer.open(config(null), fake.control(), PERIOD_MILLIS);
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(server).close();
        http.close();
    }

    private static MonitorConfig config(@Nullable Path token) {
        return new MonitorConfig(0, MonitorConfig.LOCAL, token);
    }

    /** Of pieces that are all between 0 and a number. */
    private static Waveform picture(long end, float... high) {
        return Waveform.of(200, end, new float[high.length], high);
    }

    private MonitorServer server() {
        return Objects.requireNonNull(server);
    }

    private String token() {
        return server().url().replaceFirst(".*token=", "");
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    private int port() {
        return server().address().getPort();
    }

    private HttpRequest.Builder call(String path, String body) {
        return at(path).header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/mute    | {\"stream\":3,\"muted\":true}               | mute [3, true]",
                "/api/volume  | {\"stream\":3,\"decibels\":-6}              | volume [3, -6.0]",
                "/api/volume  | {\"stream\":3,\"decibels\":null}            | volume [3,"
                        + " -Infinity]",
                "/api/move    | {\"stream\":3,\"device\":\"1,0:playback\"}  | move [3,"
                        + " 1,0:playback]",
                "/api/revoke  | {\"grant\":4}                               | revoke [4]",
                "/api/default | {\"device\":\"1,0:playback\"}               | defaultDevice"
                        + " [1,0:playback]"
            })
    void whoKnowsTheTokenChangesTheServer(String path, String body, String done) throws Exception {
        assertThat(send(call(path, body)).statusCode()).isEqualTo(200);
        assertThat(fake.calls).containsExactly(done);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/events"})
    void whoDoesNotKnowTheTokenReadsNothing(String path) throws Exception {
        assertThat(send(at(path)).statusCode()).isEqualTo(401);
        assertThat(send(at(path + "?token=" + "0".repeat(32))).statusCode()).isEqualTo(401);
        assertThat(send(at(path + "?token=" + token() + "0")).statusCode()).isEqualTo(401);
        assertThat(fake.calls).isEmpty();
    }

    @Test
    void theTokenInTheAddressDoesNotChangeAnything() throws Exception {
        HttpResponse<String> answer =
                send(
                        at("/api/mute?token=" + token())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(MUTE)));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(fake.calls).isEmpty();
    }

    /** By hand, since Java's client does not let a test say what the host is. */
    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:%d", "127.0.0.1", "localhost:1", "127.0.0.1.evil:%d", "%d"})
    void aHostThatIsNotOursIsRefusedEvenWithTheToken(String host) throws IOException {
        String said = host.formatted(port());
        String authorized = "Authorization: Bearer " + token() + "\r\n";
        String page = "GET / HTTP/1.1\r\nHost: " + said + "\r\n";
        String call =
                "POST /api/mute HTTP/1.1\r\nHost: "
                        + said
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + MUTE.length()
                        + "\r\n"
                        + authorized;
        assertThat(raw(page, "")).startsWith("HTTP/1.1 403").contains("Host header");
        assertThat(raw(call, MUTE)).startsWith("HTTP/1.1 403");
        assertThat(fake.calls).isEmpty();
    }

    @Test
    void noHostOrTwoAreRefused() throws IOException {
        String ours = "Host: localhost:" + port() + "\r\n";
        assertThat(raw("GET / HTTP/1.1\r\n" + ours, "")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET / HTTP/1.1\r\n" + ours + ours, "")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET / HTTP/1.0\r\n", "")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "https://127.0.0.1:%d", "http://localhost"})
    void aForeignPageIsRefusedEvenWithTheToken(String origin) throws Exception {
        HttpRequest.Builder call =
                call("/api/mute", MUTE).header("Origin", origin.formatted(port()));
        assertThat(send(call).statusCode()).isEqualTo(403);
        assertThat(fake.calls).isEmpty();
    }

    @Test
    void ourOwnPageIsNot() throws Exception {
        HttpRequest.Builder call =
                call("/api/mute", MUTE).header("Origin", "http://localhost:" + port());
        assertThat(send(call).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"stream\":3",
                "{\"stream\":3,\"muted\":1}",
                "{\"stream\":-1,\"muted\":true}",
                "{\"stream\":3,\"muted\":true,\"more\":1}",
                "{\"stream\":3,\"stream\":4,\"muted\":true}",
                "{\"op\":\"stop\"}"
            })
    void nonsenseIsAnsweredByASentence(String body) throws Exception {
        HttpResponse<String> answer = send(call("/api/mute", body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"error\":\".*\\.\"}");
        assertThat(fake.calls).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsSaid() throws Exception {
        fake.answers.put("mute", new ControlException("There is no stream 3."));
        HttpResponse<String> answer = send(call("/api/mute", MUTE));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"There is no stream 3.\"}");
    }

    @Test
    void aServerThatEndsIsSaid() throws Exception {
        fake.answers.put("state", new IllegalStateException("it is ending"));
        HttpResponse<String> answer = send(at("/metrics?token=" + token()));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("it is ending");
    }

    @Test
    void aBodyHasAGreatestLengthAndAType() throws Exception {
        String body = "{\"stream\":3,\"muted\":true" + " ".repeat(64 << 10) + "}";
        assertThat(send(call("/api/mute", body)).statusCode()).isEqualTo(413);
        HttpRequest.Builder form =
                at("/api/mute")
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(MUTE));
        assertThat(send(form).statusCode()).isEqualTo(415);
        assertThat(fake.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, POST, GET",
        "/metrics, HEAD, GET",
        "/events, PUT, GET",
        "/api/mute, GET, POST",
        "/api/revoke, OPTIONS, POST",
        "/api/move, DELETE, POST"
    })
    void otherMethodsAreNotAllowed(String path, String method, String allowed) throws Exception {
        HttpResponse<String> answer =
                send(at(path).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/api/",
                "/api/stop",
                "/api/reload",
                "/../app.js",
                "/index.html",
                "/app.js/"
            })
    void nothingElseIsThere(String path) throws Exception {
        assertThat(send(call(path, "{}")).statusCode()).isEqualTo(404);
        assertThat(fake.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/app.js, text/javascript",
        "/draw.js, text/javascript",
        "/style.css, text/css",
        "/icon.svg, image/svg+xml"
    })
    void thePageMayLoadNothingFromElsewhere(String path, String type) throws Exception {
        HttpResponse<String> answer = send(at(path));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
    }

    @Test
    void everyMetricIsALineThatPrometheusReads() throws Exception {
        HttpResponse<String> answer =
                send(at("/metrics").header("Authorization", "bearer " + token()));
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines())
                .allMatch(
                        line ->
                                line.matches(
                                        "# (HELP|TYPE) pcmshare_[a-z_]+ .+"
                                                + "|pcmshare_[a-z_]+(\\{[a-z]+=\"[^\"\\n]*\""
                                                + "(,[a-z]+=\"[^\"\\n]*\")*})?"
                                                + " (-?\\d+(\\.\\d+)?(E-?\\d+)?|[+-]Inf)"))
                .contains(
                        "pcmshare_info{version=\"0.1.0\",time=\"real\"} 1",
                        "pcmshare_uptime_seconds 5",
                        "pcmshare_cpu_ratio 0.0125",
                        "pcmshare_xruns_total 9",
                        "pcmshare_device_rms_decibels{device=\"0,0:playback\",card=\"Dummy\"} -Inf",
                        "pcmshare_stream_latency_seconds{stream=\"3\",program=\"/usr/bin/aplay\","
                                + "pid=\"412\",kind=\"playback\",device=\"0,0:playback\"} 0.02",
                        "# TYPE pcmshare_mix_seconds histogram",
                        "pcmshare_mix_seconds_bucket{le=\"8.0E-9\"} 2",
                        "pcmshare_mix_seconds_bucket{le=\"+Inf\"} 2",
                        "pcmshare_mix_seconds_sum 7.0E-9",
                        "pcmshare_mix_seconds_count 2");
    }

    /** The names of events and their data, as they come. */
    private Stream<String> events(String query) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                http.send(at("/events?token=" + token() + query).build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        return answer.body();
    }

    private static List<String> waves(Stream<String> lines, int count) {
        return lines.filter(line -> line.startsWith("data: {\"device\"")).limit(count).toList();
    }

    @Test
    void theStateAndTheAuditLogCome() throws Exception {
        fake.answers.put("audit", List.of(FakeControl.ENTRY));
        try (Stream<String> lines = events("")) {
            List<String> first = lines.limit(6).toList();
            assertThat(first.get(0)).isEqualTo("event: state");
            assertThat(first.get(1)).startsWith("data: {\"version\":\"0.1.0\"").contains("aplay");
            assertThat(first.get(2)).isEmpty();
            assertThat(first.subList(3, 5)).containsExactly("id: 12", "event: audit");
            assertThat(first.get(5)).contains("\"event\":\"refusal\"");
        }
        assertThat(fake.calls).contains("audit [0]");
    }

    @Test
    void anAuditEntryIsToldOnce() throws Exception {
        fake.answers.put("audit", List.of(FakeControl.ENTRY));
        try (Stream<String> lines = events("")) {
            assertThat(waves(lines, 2)).hasSize(2);
        }
        assertThat(fake.calls).contains("audit [0]", "audit [12]");
    }

    @Test
    void onlyPiecesOfTheWaveformThatAreNewCome() throws Exception {
        try (Stream<String> lines = events("&device=7,0:capture")) {
            List<String> waves = new ArrayList<>();
            lines.filter(line -> line.startsWith("data: {\"device\""))
                    .peek(line -> fake.answers.put("waveform", picture(3, 0.25f, 1, 0.5f)))
                    .takeWhile(line -> waves.add(line) && !line.contains("0.5"))
                    .forEach(line -> assertThat(line).contains("7,0:capture"));
            assertThat(waves.getFirst()).contains("\"goesOn\":false", "\"high\":[0.25,1.0]");
            assertThat(waves.getLast()).contains("\"goesOn\":true", "\"high\":[0.5]");
        }
    }

    @Test
    void aDeviceThatIsNotThereCostsOnlyItsWaveform() throws Exception {
        fake.answers.put("waveform", new ControlException("There is no device."));
        try (Stream<String> lines = events("&device=9,9:playback")) {
            assertThat(lines.filter("event: state"::equals).limit(2)).hasSize(2);
        }
    }

    @Test
    void soManyPagesAndNoMore() throws Exception {
        List<Stream<String>> open = new ArrayList<>();
        for (int i = 0; i < Visitors.MOST; i++) {
            open.add(events(""));
        }
        HttpResponse<String> tooMany = send(at("/events?token=" + token()));
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(tooMany.body()).contains("Too many pages");
        assertThat(send(at("/metrics?token=" + token())).statusCode()).isEqualTo(200);
        open.forEach(Stream::close);
    }

    @Test
    void oneWhoSendsHalfARequestKeepsNobodyWaiting() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", port())) {
            slow.getOutputStream()
                    .write("POST /api/mute HTTP/1.1\r\nHo".getBytes(StandardCharsets.UTF_8));
            assertThat(send(call("/api/mute", MUTE)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void itsEndEndsTheEvents() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            String head =
                    "GET /events?token=%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
                            .formatted(token(), port());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 200");
            server().close();
            assertThat(in.lines().toList()).isNotEmpty(); // and they end
        }
    }

    @Test
    void aPortInUseIsSaid() {
        MonitorConfig same = new MonitorConfig(port(), MonitorConfig.LOCAL, null);
        assertThatThrownBy(() -> MonitorServer.open(same, fake.control()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + port())
                .hasMessageContaining("--monitor PORT");
    }

    private Path file() {
        return Objects.requireNonNull(folder).resolve("token");
    }

    @Test
    void aTokenFileIsWrittenForUsAloneAndReadAgain() throws IOException {
        try (MonitorServer first = MonitorServer.open(config(file()), fake.control());
                MonitorServer second = MonitorServer.open(config(file()), fake.control())) {
            String word = Files.readString(file()).strip();
            assertThat(word).matches("[0-9a-f]{32}");
            assertThat(first.url()).endsWith("?token=" + word);
            assertThat(second.url()).endsWith("?token=" + word);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aTokenFileThatOthersMayUseIsRefused(String mode) throws IOException {
        Files.writeString(file(), "0123456789abcdef\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> MonitorServer.open(config(file()), fake.control()))
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two words that are long", "<script>alert(1)</script>"})
    void aTokenThatIsNoneIsRefused(String word) throws IOException {
        Files.writeString(file(), word);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> MonitorServer.open(config(file()), fake.control()))
                .hasMessageContaining("16 to 256 letters");
    }

    @Test
    void aLinkToATokenIsRefused() throws IOException {
        Path real = Files.writeString(file().resolveSibling("real"), "0123456789abcdef");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file(), real);
        assertThatThrownBy(() -> MonitorServer.open(config(file()), fake.control()))
                .hasMessageContaining("plain file");
    }
}
