package io.pcmshare.server.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.JsonCall;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.StateJson;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server's web page, its events and its numbers for Prometheus, as {@code docs/monitor.md} says.
 *
 * <p>Each request has a virtual thread, so that none waits for another; none of them is the audio
 * thread or makes it wait. Bodies, requests, connections and pages that are open have limits. Owns
 * its socket. Threads: any.
 */
public final class MonitorServer implements AutoCloseable {
    /** Where it is served when nobody says where. */
    public static final int USUAL_PORT = 7262;

    private static final int BACKLOG = 16;
    private static final int MAX_BODY = 64 << 10;
    private static final int PERIOD_MILLIS = 200;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int FAILED = 500;
    private static final String JSON = "application/json";
    private static final String API = "/api/";

    /** Of the page, to those of the control socket. */
    private static final Map<String, String> OPS =
            Map.of(
                    "mute", "mute",
                    "volume", "volume",
                    "move", "move",
                    "revoke", "revoke",
                    "default", "default-device");

    static {
        // the only way to tell the JDK's server; who starts us may have said otherwise
        limit("jdk.httpserver.maxConnections", "64");
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxIdleConnections", "16");
    }

    private final ServerControl control;
    private final MonitorToken token;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Gate gate;
    private final Fresh fresh;
    private final Visitors visitors = new Visitors(System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long periodMillis;

    private MonitorServer(
            ServerControl control,
            MonitorToken token,
            HttpServer server,
            String name,
            long periodMillis) {
        this.control = control;
        this.token = token;
        this.server = server;
        this.periodMillis = periodMillis;
        this.gate = new Gate(token, name, server.getAddress());
        this.fresh = new Fresh(control, System::nanoTime);
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("pcm-monitor-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Begins to serve.
     *
     * @throws IOException with a sentence, where the port is in use or the token's file is not as
     *     it should be
     */
    public static MonitorServer open(MonitorConfig config, ServerControl control)
            throws IOException {
        return open(config, control, PERIOD_MILLIS);
    }

    /**
     * Begins to serve.
     *
     * @param periodMillis between two looks
     */
    static MonitorServer open(MonitorConfig config, ServerControl control, long periodMillis)
            throws IOException {
        Path file = config.tokenFile();
        MonitorToken token = file == null ? MonitorToken.random() : MonitorToken.ofFile(file);
        HttpServer server = bind(config);
        return new MonitorServer(control, token, server, config.address(), periodMillis);
    }

    private static HttpServer bind(MonitorConfig config) throws IOException {
        try {
            InetAddress address = InetAddress.getByName(config.address());
            return HttpServer.create(new InetSocketAddress(address, config.port()), BACKLOG);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "the monitor's address \"" + config.address() + "\" is none of this machine",
                    e);
        } catch (BindException e) {
            throw new IOException(
                    "the monitor cannot be at %s port %d: %s; '--monitor PORT' names another port, 0 any that is free"
                            .formatted(config.address(), config.port(), e.getMessage()),
                    e);
        }
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it is served. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Whether only this machine reaches it. */
    public boolean isLocal() {
        return address().getAddress().isLoopbackAddress();
    }

    /** What a visitor opens, with the token in it. */
    public String url() {
        InetAddress address = address().getAddress();
        String host = address.isAnyLocalAddress() ? "localhost" : Gate.literal(address);
        return "http://%s:%d/?token=%s".formatted(host, address().getPort(), token.value());
    }

    /** How many pages are open. */
    int visitors() {
        return visitors.count();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            protect(exchange.getResponseHeaders());
            try {
                gate.checkPlace(exchange.getRequestHeaders());
                route(exchange);
            } catch (Refusal refusal) {
                refuse(exchange, refusal.status(), refusal.sentence());
            } catch (RuntimeException e) {
                refuse(exchange, FAILED, "The server does not answer: " + e.getMessage() + ".");
            }
        } catch (IOException gone) {
            // nobody is left who could be told
            return;
        }
    }

    private static void protect(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private void route(HttpExchange exchange) throws IOException, Refusal {
        Headers headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getPath();
        PageFile file = PageFile.of(path);
        boolean isCall = path.startsWith(API) && OPS.containsKey(path.substring(API.length()));
        if (file == null && !isCall && !path.equals("/events") && !path.equals("/metrics")) {
            throw new Refusal(NOT_FOUND, "There is nothing at " + path + ".");
        }
        String method = isCall ? "POST" : "GET";
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new Refusal(NOT_ALLOWED, "Only " + method + " goes at " + path + ".");
        }
        if (file != null) {
            send(exchange, OK, file.type(), file.bytes());
        } else if (isCall) {
            gate.checkHeader(headers);
            call(exchange, OPS.getOrDefault(path.substring(API.length()), ""));
        } else {
            gate.checkReader(headers, exchange.getRequestURI().getRawQuery());
            if (path.equals("/events")) {
                events(exchange);
            } else {
                send(exchange, OK, MetricsText.TYPE, utf8(MetricsText.of(fresh.state())));
            }
        }
    }

    private void call(HttpExchange exchange, String op) throws IOException, Refusal {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new Refusal(WRONG_TYPE, "The body must be " + JSON + ".");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new Refusal(TOO_LARGE, "The body is longer than " + MAX_BODY + " bytes.");
        }
        try {
            send(exchange, OK, JSON, utf8(JsonCall.answer(control, op, body)));
        } catch (ControlException e) {
            throw new Refusal(BAD_REQUEST, e.getMessage());
        }
    }

    private void events(HttpExchange exchange) throws IOException, Refusal {
        String query = exchange.getRequestURI().getRawQuery();
        String seen = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        long auditSeen = seen != null && seen.matches("\\d{1,18}") ? Long.parseLong(seen) : 0;
        try (Visitors.Visitor visitor = visitors.enter()) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(OK, 0);
            OutputStream out = exchange.getResponseBody();
            String device = Gate.parameter(query, "device");
            Events events = new Events(control, fresh, out, device, auditSeen);
            do {
                events.tell();
                visitor.wrote();
            } while (!closed.await(periodMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException sentAway) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException ended) {
            // the server ends; the connection does as well, and the page sees that
            return;
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence)
            throws IOException {
        if (status == FAILED && exchange.getResponseCode() != -1) {
            return; // the answer has begun
        }
        if (status == UNAUTHORIZED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        String text = StateJson.text(Map.of("error", sentence));
        send(exchange, status, JSON, utf8(text));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends all answers and frees the port. */
    @Override
    public void close() {
        closed.countDown();
        visitors.interrupt();
        server.stop(0);
        threads.shutdownNow();
    }
}
