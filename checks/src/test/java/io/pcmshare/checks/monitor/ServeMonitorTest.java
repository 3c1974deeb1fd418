package io.pcmshare.checks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.Packaged;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The packaged server with its page. */
@Timeout(120)
final class ServeMonitorTest {
    private static final String AT = "pcmshare: the monitor is at ";

    private @TempDir @Nullable Path folder;

    private Process start(String... arguments) throws IOException {
        Path home = Objects.requireNonNull(folder);
        List<String> command = Packaged.command(home);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.toString());
        builder.environment().remove("PCMSHARE_SOCKET");
        builder.environment().remove("PCMSHARE_CONTROL");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String all(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void thePageIsServedUntilTheServerEnds() throws Exception {
        Process server = start("serve", "--card=null", "--monitor=0", "--monitor-token=word");
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String first = out.readLine();
            assertThat(first).startsWith(AT + "http://127.0.0.1:");
            assertThat(out.readLine()).contains("serving 2 devices");
            String url = first.substring(AT.length());
            assertThat(get(url)).contains("<script src=\"app.js\" defer>");
            assertThat(get(url.replace("/?", "/metrics?")))
                    .contains(
                            "pcmshare_info{",
                            "pcmshare_device_xruns_total{device=\"0,0:playback\"");

            String port = String.valueOf(URI.create(url).getPort());
            Process other =
                    start(
                            "serve",
                            "--card=null",
                            "--config=" + configuration(),
                            "--monitor=" + port);
            assertThat(all(other)).contains("port " + port, "--monitor PORT");
            assertThat(other.exitValue()).isEqualTo(1);

            assertThat(all(start("top"))).contains("0,0:playback*", "Nobody plays or records.");
            assertThat(all(start("stop"))).isNotEmpty();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    /** Of a server that has other places. */
    private String configuration() throws IOException {
        Path home = Objects.requireNonNull(folder);
        Path file = home.resolve("other.toml");
        Files.writeString(
                file,
                "[server]\nsocket = \"%s\"\ncontrol = \"%s\"\n"
                        .formatted(home.resolve("s2"), home.resolve("c2")));
        return file.toString();
    }

    @Test
    void topSaysThatThereIsNoServer() throws Exception {
        Process top = start("top");
        assertThat(all(top)).contains("no server is running", "pcmshare serve");
        assertThat(top.exitValue()).isEqualTo(2);
    }
}
