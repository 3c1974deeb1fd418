package io.pcmshare.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.control.ControlException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

@Timeout(60)
final class MonitorServerTest {
    private static final String MUTE = "{\"stream\":3,\"muted\":true}";

    private final MonitorRig rig;

    MonitorServerTest() throws IOException {
        rig = new MonitorRig();
    }

    @AfterEach
    void end() {
        rig.close();
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
        assertThat(rig.send(rig.call(path, body)).statusCode()).isEqualTo(200);
        assertThat(rig.fake.calls).containsExactly(done);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/events"})
    void whoDoesNotKnowTheTokenReadsNothing(String path) throws Exception {
        assertThat(rig.send(rig.at(path)).statusCode()).isEqualTo(401);
        assertThat(rig.send(rig.at(path + "?token=" + "0".repeat(32))).statusCode()).isEqualTo(401);
        assertThat(rig.send(rig.at(path + "?token=" + rig.token() + "0")).statusCode())
                .isEqualTo(401);
        assertThat(rig.fake.calls).isEmpty();
    }

    @Test
    void theTokenInTheAddressDoesNotChangeAnything() throws Exception {
        HttpResponse<String> answer =
                rig.send(
                        rig.at("/api/mute?token=" + rig.token())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(MUTE)));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(rig.fake.calls).isEmpty();
    }

    /** By hand, since Java's client does not let a test say what the host is. */
    private String raw(String head, String body) throws IOException {
        try (Socket socket = rig.connect()) {
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
        String said = host.formatted(rig.port());
        String authorized = "Authorization: Bearer " + rig.token() + "\r\n";
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
        assertThat(rig.fake.calls).isEmpty();
    }

    @Test
    void noHostOrTwoAreRefused() throws IOException {
        String ours = "Host: localhost:" + rig.port() + "\r\n";
        assertThat(raw("GET / HTTP/1.1\r\n" + ours, "")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET / HTTP/1.1\r\n" + ours + ours, "")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET / HTTP/1.0\r\n", "")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "https://127.0.0.1:%d", "http://localhost"})
    void aForeignPageIsRefusedEvenWithTheToken(String origin) throws Exception {
        HttpRequest.Builder call =
                rig.call("/api/mute", MUTE).header("Origin", origin.formatted(rig.port()));
        assertThat(rig.send(call).statusCode()).isEqualTo(403);
        assertThat(rig.fake.calls).isEmpty();
    }

    @Test
    void ourOwnPageIsNot() throws Exception {
        HttpRequest.Builder call =
                rig.call("/api/mute", MUTE).header("Origin", "http://localhost:" + rig.port());
        assertThat(rig.send(call).statusCode()).isEqualTo(200);
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
        HttpResponse<String> answer = rig.send(rig.call("/api/mute", body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"error\":\".*\\.\"}");
        assertThat(rig.fake.calls).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsSaid() throws Exception {
        rig.fake.answers.put("mute", new ControlException("There is no stream 3."));
        HttpResponse<String> answer = rig.send(rig.call("/api/mute", MUTE));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"There is no stream 3.\"}");
    }

    @Test
    void aServerThatEndsIsSaid() throws Exception {
        rig.fake.answers.put("state", new IllegalStateException("it is ending"));
        HttpResponse<String> answer = rig.send(rig.at("/metrics?token=" + rig.token()));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("it is ending");
    }

    @Test
    void aBodyHasAGreatestLengthAndAType() throws Exception {
        String body = "{\"stream\":3,\"muted\":true" + " ".repeat(64 << 10) + "}";
        assertThat(rig.send(rig.call("/api/mute", body)).statusCode()).isEqualTo(413);
        HttpRequest.Builder form =
                rig.at("/api/mute")
                        .header("Authorization", "Bearer " + rig.token())
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(MUTE));
        assertThat(rig.send(form).statusCode()).isEqualTo(415);
        assertThat(rig.fake.calls).isEmpty();
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
                rig.send(rig.at(path).method(method, HttpRequest.BodyPublishers.noBody()));
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
        assertThat(rig.send(rig.call(path, "{}")).statusCode()).isEqualTo(404);
        assertThat(rig.fake.calls).isEmpty();
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
        HttpResponse<String> answer = rig.send(rig.at(path));
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
                rig.send(rig.at("/metrics").header("Authorization", "bearer " + rig.token()));
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

    @Test
    void oneWhoSendsHalfARequestKeepsNobodyWaiting() throws Exception {
        try (Socket slow = rig.connect()) {
            slow.getOutputStream()
                    .write("POST /api/mute HTTP/1.1\r\nHo".getBytes(StandardCharsets.UTF_8));
            assertThat(rig.send(rig.call("/api/mute", MUTE)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsSaid() {
        MonitorConfig same = new MonitorConfig(rig.port(), MonitorConfig.LOCAL, null);
        assertThatThrownBy(() -> MonitorServer.open(same, rig.fake.control()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + rig.port())
                .hasMessageContaining("--monitor PORT");
    }
}
