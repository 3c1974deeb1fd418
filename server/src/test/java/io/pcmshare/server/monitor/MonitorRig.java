package io.pcmshare.server.monitor;

import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.control.FakeControl;
import io.pcmshare.server.control.Waveform;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** A monitor of a server that answers what a test wants, and somebody who visits it. */
final class MonitorRig implements AutoCloseable {
    private static final int PERIOD_MILLIS = 20;

    final FakeControl fake = new FakeControl();
    final HttpClient http = HttpClient.newHttpClient();
    final MonitorServer server;

    MonitorRig() throws IOException {
        fake.answers.put("audit", List.of());
        fake.answers.put("waveform", Waveform.of(200, 1, new float[] {-1}, new float[] {1}));
        server = MonitorServer.open(config(null), fake.control(), PERIOD_MILLIS);
    }

    /** Of any port that is free. */
    static MonitorConfig config(@Nullable Path token) {
        return new MonitorConfig(0, MonitorConfig.LOCAL, token);
    }

    String token() {
        return server.url().replaceFirst(".*token=", "");
    }

    int port() {
        return server.address().getPort();
    }

    /** For what Java's client would not send. */
    Socket connect() throws IOException {
        return new Socket(server.address().getAddress(), port());
    }

    HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpRequest.Builder call(String path, String body) {
        return at(path).header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
