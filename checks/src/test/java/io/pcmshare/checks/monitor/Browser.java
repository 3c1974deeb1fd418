package io.pcmshare.checks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.run.Programs;
import io.pcmshare.server.control.StateJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Headless Chromium, told what to do by its DevTools protocol. Owns the process. */
final class Browser implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final String LISTENING = "DevTools listening on ws://";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    /**
     * Starts it; where there is none the calling test is skipped.
     *
     * @param folder for its profile
     */
    Browser(Path folder) throws IOException {
        Programs.need("chromium");
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                "chromium",
                                "--headless",
                                "--no-sandbox", // it is root where CI runs
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "about:blank"));
        builder.redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TMPDIR", folder.toString());
        this.process = builder.start();
        try {
            this.address = listening(process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String listening(BufferedReader out) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> out.lines().forEach(more -> {})); // it may go on
                return line.substring(LISTENING.length()).replaceFirst("/.*", "");
            }
            said.append(line).append('\n');
        }
        throw new IOException("chromium ended: " + said);
    }

    /** Opens a page. */
    Page open(String url) throws IOException, InterruptedException {
        String about = "http://" + address + "/json/new?" + encoded(url);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(about))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        Map<String, String> fields = texts(answer);
        String socket = fields.get("webSocketDebuggerUrl");
        if (socket == null) {
            throw new IOException("chromium answers " + answer);
        }
        return new Page(URI.create(socket));
    }

    private static String encoded(String url) {
        return URLEncoder.encode(url, StandardCharsets.UTF_8);
    }

    /** All names of texts and numbers in JSON, however deep; the first of each. */
    private static Map<String, String> texts(String json) {
        Map<String, String> all = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String name = parser.currentName();
                if (token.isScalarValue() && name != null) {
                    all.putIfAbsent(name, parser.getString());
                }
            }
        }
        return all;
    }

    /** A tab. Threads: one. */
    final class Page implements AutoCloseable, WebSocket.Listener {
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;
        private int calls;

        private Page(URI uri) {
            this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                answers.add(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        /** What an expression of JavaScript is, as a text. */
        String evaluate(String expression) throws InterruptedException {
            String answer = ask(expression);
            String value = texts(answer).get("value");
            if (value == null || answer.contains("exceptionDetails")) {
                throw new AssertionError(expression + ": " + answer);
            }
            return value;
        }

        private String ask(String expression) throws InterruptedException {
            int id = ++calls;
            Map<String, Object> parameters =
                    Map.of(
                            "expression",
                            "(async () => String(" + expression + "))()",
                            "awaitPromise",
                            true);
            socket.sendText(
                            StateJson.text(
                                    Map.of(
                                            "id",
                                            id,
                                            "method",
                                            "Runtime.evaluate",
                                            "params",
                                            parameters)),
                            true)
                    .join();
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("in vain: " + expression);
            }
            return answer;
        }

        /** Waits, in the page, until an expression is true. */
        void await(String expression) throws InterruptedException {
            String answer = ask(waiting(expression));
            while (answer.contains("context was destroyed")) {
                answer = ask(waiting(expression)); // another page was being loaded
            }
            assertThat(answer).contains("\"value\":\"true\"");
        }

        private static String waiting(String expression) {
            return """
            await new Promise(done => {
              const look = () => {
                let is = false;
                try { is = %s; } catch (notYet) { is = false; }
                if (is) done(true); else setTimeout(look, 20);
              };
              look();
            })\
            """
                    .formatted(expression);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
