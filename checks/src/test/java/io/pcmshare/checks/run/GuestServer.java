package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.Packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A {@code pcmshare serve} in a folder of its own, and commands that talk to it. */
final class GuestServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final long GLANCE_NANOS = 20_000_000L;

    private final Path folder;
    private final Process process;

    /**
     * Starts one and waits until it serves.
     *
     * @param options of {@code serve}
     */
    GuestServer(Path folder, String... options) throws IOException {
        this.folder = folder;
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        this.process = start("serve", arguments);
        await(() -> text("serve.err").contains("serving"), "the server serves");
    }

    private Process start(String name, List<String> arguments) throws IOException {
        List<String> command = Packaged.command(folder);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C");
        for (String name1 : List.of("PCMSHARE_SOCKET", "PCMSHARE_CONTROL", "PCMSHARE_GUESTS")) {
            builder.environment().remove(name1);
        }
        builder.redirectOutput(folder.resolve(name + ".out").toFile());
        builder.redirectError(folder.resolve(name + ".err").toFile());
        Process started = builder.start();
        started.getOutputStream().close();
        return started;
    }

    /** Begins {@code run --server -- PROGRAM}. */
    Process guest(String name, String... program) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--server", "--"));
        arguments.addAll(List.of(program));
        return start(name, arguments);
    }

    /** Runs {@code run --server -- PROGRAM} to its end, which has to be a good one. */
    void run(String... program) throws IOException, InterruptedException {
        Process guest = guest("guest", program);
        assertThat(statusOf(guest)).as(all("guest")).isZero();
    }

    /** What a command says. */
    String ask(String... command) throws IOException, InterruptedException {
        Process asked = start("ask", List.of(command));
        assertThat(statusOf(asked)).as(all("ask")).isZero();
        return text("ask.out");
    }

    /** The exit status of something that was started here. */
    static int statusOf(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running: " + process.info());
        }
        return process.exitValue();
    }

    /** Waits until there are so many streams that run. */
    void awaitRunning(int streams) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String said = ask("clients");
        while (said.split("RUNNING", -1).length - 1 != streams) {
            assertThat(System.nanoTime()).as("%d running: %s", streams, said).isLessThan(end);
            said = ask("clients");
        }
    }

    /** Waits for what needs no help of this thread. */
    static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /** What something that was started here has written, for messages. */
    String all(String name) {
        return text(name + ".out") + text(name + ".err") + text("serve.err");
    }

    String text(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException none) {
            return "";
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as SIGTERM does; what is queued is heard. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(statusOf(process)).as(text("serve.err")).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
