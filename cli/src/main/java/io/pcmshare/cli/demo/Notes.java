package io.pcmshare.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process of the demonstration tells the judge: lines {@code key=value} on its standard
 * output, read by a thread of their own.
 */
final class Notes {
    private final Map<String, CompletableFuture<String>> values = new ConcurrentHashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private final Thread reader;
    private volatile boolean ended;

    Notes(String name, InputStream from) {
        reader = Thread.ofVirtual().name("notes-" + name).start(() -> read(from));
    }

    private void read(InputStream from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended = true;
            values.values().forEach(value -> value.complete(""));
        }
    }

    private void note(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return;
        }
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        if (key.equals("refusal")) {
            synchronized (refusals) {
                refusals.add(value);
            }
        } else {
            future(key).complete(value);
        }
    }

    /** Waits for a value; empty when the process ended without one. */
    String await(String key) {
        return future(key).join();
    }

    /** A value that must be there by now; empty where it is not. */
    String get(String key) {
        CompletableFuture<String> value = future(key);
        return value.getNow("");
    }

    /** A number; {@code missing} where there is none. */
    long number(String key, long missing) {
        String value = get(key);
        return value.isEmpty() ? missing : Long.parseLong(value);
    }

    /** What was tried in vain, one line each. */
    List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    /** Waits until the process has closed its output. */
    void awaitEnd() throws InterruptedException {
        reader.join();
    }

    private CompletableFuture<String> future(String key) {
        CompletableFuture<String> value =
                values.computeIfAbsent(key, k -> new CompletableFuture<>());
        if (ended) {
            value.complete("");
        }
        return value;
    }
}
