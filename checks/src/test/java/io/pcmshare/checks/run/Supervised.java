package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.checks.Packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code pcmshare run} in a folder of its own, which is the programs' folder and home as well, so
 * that nobody's configuration has a say.
 */
final class Supervised {
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final List<String> around = new ArrayList<>();

    Supervised(Path folder) {
        this.folder = folder;
    }

    /** What a run left behind. */
    record Outcome(int status, String out, String err) {
        /** All of it, for the message of a test that fails. */
        String all() {
            return "status=" + status + "\n" + out + "\n" + err;
        }
    }

    /** Another card. */
    Supervised card(String spec) {
        options.add("--card=" + spec);
        return this;
    }

    /** Another option, as a user writes it. */
    Supervised option(String option) {
        options.add(option);
        return this;
    }

    /** Time is that of the programs, so that the result is the same on every machine. */
    Supervised lockstep() {
        options.add("--clock=lockstep");
        return this;
    }

    /** Starts PcmShare itself through another program. */
    Supervised through(String... program) {
        around.addAll(List.of(program));
        return this;
    }

    /** Runs a script in which a program that fails or hangs is a line {@code FAILED} of output. */
    Outcome script(String script) throws IOException, InterruptedException {
        Path file = folder.resolve("script.sh");
        Files.writeString(
                file,
                """
                try() { timeout -s KILL 60 "$@" >last.out 2>&1 || { echo "FAILED $? $*"; cat last.out; }; }
                """
                        + script);
        return run("sh", file.toString());
    }

    Outcome run(String... program) throws IOException, InterruptedException {
        Process process = start(program);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(
                    "still running: " + List.of(program) + "\n" + text("out") + text("err"));
        }
        return outcome(process);
    }

    /** Begins to run; {@link #outcome} belongs to it. */
    Process start(String... program) throws IOException {
        assumeTrue(
                Files.isReadable(Path.of("/proc/sys/kernel/seccomp/actions_avail"))
                        && Files.readString(Path.of("/proc/sys/kernel/seccomp/actions_avail"))
                                .contains("user_notif"),
                "this kernel has no seccomp user notification");
        List<String> command = new ArrayList<>(around);
        command.addAll(Packaged.command(folder));
        command.add("run");
        command.addAll(options);
        command.add("--");
        command.addAll(List.of(program));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // alsabat takes a message catalogue that is not there for its own failure
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("ALSA_CONFIG_PATH", configuration().toString());
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Waits until the program has made a file in the folder, which must happen before it ends. */
    void awaitFile(Process process, String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(file) && process.isAlive() && System.nanoTime() < end) {
                WatchKey key = changes.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
        assertThat(file).as(text("out") + text("err")).exists();
    }

    /** alsa-lib's own, without what else is installed: a sound server's plugin would take over. */
    private Path configuration() throws IOException {
        Path installed = Path.of("/usr/share/alsa/alsa.conf");
        assumeTrue(Files.isReadable(installed), "alsa-lib is not installed");
        String own =
                Files.readString(installed)
                        .replaceAll("(?m)^.*(alsa/conf\\.d|etc/asound\\.conf).*$", "");
        return Files.writeString(folder.resolve("alsa.conf"), own);
    }

    /** What a process that has ended left behind. */
    Outcome outcome(Process process) throws IOException {
        return new Outcome(process.exitValue(), text("out"), text("err"));
    }

    private String text(String name) throws IOException {
        return new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.ISO_8859_1);
    }
}
