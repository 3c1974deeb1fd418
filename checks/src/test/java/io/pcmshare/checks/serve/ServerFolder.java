package io.pcmshare.checks.serve;

import io.pcmshare.checks.Packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder with a server's sockets, and the processes that were started in it. */
final class ServerFolder implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private int outputs;

    ServerFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** A process, and where it writes to. */
    record Started(Process process, Path output) {
        String said() throws IOException {
            return Files.readString(output, StandardCharsets.UTF_8);
        }

        /** Waits for its end; its exit status. */
        int await() throws InterruptedException, IOException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running:\n" + said());
            }
            return process.exitValue();
        }

        /** Sends it a signal. */
        void signal(String name) throws IOException, InterruptedException {
            int answer =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (answer != 0) {
                throw new AssertionError("kill answered " + answer);
            }
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Starts {@code pcmshare}. */
    Started start(String... arguments) throws IOException {
        List<String> command = Packaged.command(Files.createDirectories(path("tmp")));
        command.addAll(List.of(arguments));
        return startAny(command);
    }

    /** Starts any program, with the environment of this folder. */
    Started startAny(List<String> command) throws IOException {
        Path output = path("output-" + outputs++ + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", path("config").toString());
        builder.environment().remove("PCMSHARE_SOCKET");
        builder.environment().remove("PCMSHARE_CONTROL");
        Process process = builder.start();
        processes.add(process);
        return new Started(process, output);
    }

    /** Starts a server and waits until it serves. */
    Started serve(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        Started server = start(arguments.toArray(String[]::new));
        awaitWord(server, "serving");
        return server;
    }

    /** Waits until a process has said something. */
    static void awaitWord(Started process, String word) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!process.said().contains(word)) {
            if (!process.process().isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("it did not say " + word + ":\n" + process.said());
            }
            TimeUnit.MILLISECONDS.sleep(10); // another process writes a file: nobody tells us
        }
    }

    /** Runs {@code pcmshare} to its end; what it said. */
    String run(String... arguments) throws IOException, InterruptedException {
        Started started = start(arguments);
        int status = started.await();
        if (status != 0) {
            throw new AssertionError("status=" + status + ":\n" + started.said());
        }
        return started.said();
    }

    /** Waits until the first stream has played so many frames. */
    void awaitFrames(long frames) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (movedFrames(run("clients", "--json")) < frames) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(run("clients"));
            }
        }
    }

    private static long movedFrames(String json) {
        java.util.regex.Matcher found =
                java.util.regex.Pattern.compile("\"movedFrames\":(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Ends whatever still runs. */
    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
