package io.pcmshare.sys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second virtual machine that runs a main class of these tests; killed when closed. */
final class ForkedJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;

    private ForkedJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static ForkedJvm start(Class<?> main, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), main, arguments);
    }

    static ForkedJvm start(String classPath, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ForkedJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    int pid() {
        return (int) process.pid();
    }

    /** Its next line, or null at its end. */
    @org.jspecify.annotations.Nullable
    String readLine() throws IOException {
        return out.readLine();
    }

    List<String> readAll() {
        return out.lines().toList();
    }

    void writeLine(String line) {
        in.println(line);
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Kills it and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        out.close();
        in.close();
    }
}
