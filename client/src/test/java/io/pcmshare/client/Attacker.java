package io.pcmshare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A process that attacks a server until it is closed: {@code attacker.c}, which knows of us nothing
 * but {@code docs/protocol.md}.
 */
final class Attacker implements AutoCloseable {
    private static @Nullable Path program;

    private final Process process;
    private final BufferedReader says;

    private Attacker(Process process) {
        this.process = process;
        this.says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one, and waits until its attack was made once. */
    static Attacker start(Path socket, String attack, long seed)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                compiled().toString(),
                                socket.toString(),
                                attack,
                                Long.toString(seed))
                        .redirectErrorStream(true)
                        .start();
        Attacker attacker = new Attacker(process);
        String first = attacker.says.readLine();
        if (!"round".equals(first)) {
            attacker.close();
            throw new AssertionError(attack + ", the attacker says: " + first);
        }
        return attacker;
    }

    /** That it is still at it: it ends where it was let have what it must not. */
    void assertStillTrying() throws IOException {
        assertThat(process.isAlive())
                .as("the attacker says: %s", says.ready() ? says.readLine() : "nothing")
                .isTrue();
    }

    private static synchronized Path compiled() throws IOException, InterruptedException {
        if (program == null) {
            Path folder = Files.createTempDirectory("pcmshare-attacker");
            Path source = folder.resolve("attacker.c");
            try (InputStream in = Attacker.class.getResourceAsStream("attacker.c")) {
                Files.write(source, Objects.requireNonNull(in).readAllBytes());
            }
            Path built = folder.resolve("attacker");
            built.toFile().deleteOnExit();
            source.toFile().deleteOnExit();
            compile(source, built);
            program = built;
        }
        return program;
    }

    private static void compile(Path source, Path built) throws IOException, InterruptedException {
        Process gcc;
        try {
            gcc =
                    new ProcessBuilder(
                                    "gcc",
                                    "-O1",
                                    "-w",
                                    "-pthread",
                                    "-o",
                                    built.toString(),
                                    source.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            assumeTrue(false, "gcc is not installed: " + e.getMessage());
            throw e;
        }
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(gcc.waitFor() == 0, "gcc cannot build the attacker here: " + said);
    }

    /** Kills it, and what it has made, wherever that stands. */
    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        process.getInputStream().close();
        process.getOutputStream().close();
    }
}
