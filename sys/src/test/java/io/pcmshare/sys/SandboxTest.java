package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

@NoFdLeaks
@Timeout(120)
final class SandboxTest {
    private static final Map<String, String> CONFINED =
            Map.ofEntries(
                    Map.entry("openat", "EACCES"),
                    Map.entry("reopen", "EACCES"),
                    Map.entry("stat", "EACCES"),
                    Map.entry("unlink", "EACCES"),
                    Map.entry("socket", "EPERM"),
                    Map.entry("connect", "EPERM"),
                    Map.entry("memfd_create", "EPERM"),
                    Map.entry("io_uring", "ENOSYS"),
                    Map.entry("execve", "EPERM"),
                    Map.entry("clone", "EPERM"),
                    Map.entry("clone3", "ENOSYS"),
                    Map.entry("kill", "EPERM"),
                    Map.entry("tgkill others", "EPERM"),
                    Map.entry("tkill", "EPERM"),
                    Map.entry("ptrace", "EPERM"),
                    Map.entry("process_vm_readv", "EPERM"),
                    Map.entry("pidfd_open", "EPERM"),
                    Map.entry("prctl", "EPERM"),
                    Map.entry("affinity", "EPERM"),
                    Map.entry("ioctl T", "EPERM"),
                    Map.entry("fcntl", "EPERM"),
                    Map.entry("map status", "EPERM"),
                    Map.entry("map code", "EPERM"),
                    Map.entry("sendto", "EPERM"));

    /** The same in a sandbox and outside. */
    private static final Map<String, String> ANYWHERE =
            Map.of(
                    "tgkill own", "ok",
                    "ioctl A", "ENOTTY",
                    "shrink", "EPERM",
                    "map ring", "ok",
                    "send", "ok",
                    "futex", "ok");

    private static final Map<String, String> ALIVE =
            Map.of(
                    "collected", "true",
                    "compiled", "true",
                    "thread", "true",
                    "exception", "thrown",
                    "module", "java.sql",
                    "class", "loaded");

    @TempDir Path directory;

    @BeforeEach
    void needsFilters() {
        assumeTrue(Sandbox.available(), "this kernel has no seccomp filters");
    }

    @Test
    void aConfinedProgramIsRefusedEverythingButWhatItHolds() throws Exception {
        try (ForkedJvm child = ForkedJvm.start(jar(), SandboxChild.class, "confined")) {
            Map<String, String> answers = untilDone(child);
            assertThat(answers).containsEntry("seccomp", "true").containsEntry("again", "true");
            assertThat(answers).containsAllEntriesOf(CONFINED).containsAllEntriesOf(ANYWHERE);
        }
    }

    @Test
    void aConfinedVirtualMachineGoesOnLivingAndExitsAsItLikes() throws Exception {
        try (ForkedJvm child = ForkedJvm.start(jar(), SandboxChild.class, "confined")) {
            assertThat(untilDone(child)).containsAllEntriesOf(ALIVE);
            child.writeLine("exit");
            assertThat(child.readAll()).as("complaints of the virtual machine").isEmpty();
            assertThat(child.awaitExit()).isEqualTo(7);
        }
    }

    @Test
    void theSameProgramUnconfinedIsRefusedNothing() throws Exception {
        try (ForkedJvm child = ForkedJvm.start(jar(), SandboxChild.class, "free")) {
            Map<String, String> answers = untilDone(child);
            assertThat(answers).containsAllEntriesOf(ANYWHERE).containsAllEntriesOf(ALIVE);
            CONFINED.forEach(
                    (probe, refusal) -> {
                        if (!probe.equals("io_uring")) { // may be missing or turned off anywhere
                            assertThat(answers).containsKey(probe);
                            assertThat(answers).doesNotContainEntry(probe, refusal);
                        }
                    });
        }
    }

    @Test
    void othersSeeWhetherAProgramIsConfined() throws Exception {
        try (ForkedJvm confined = ForkedJvm.start(jar(), SandboxChild.class, "confined");
                ForkedJvm free = ForkedJvm.start(jar(), SandboxChild.class, "free")) {
            assertThat(untilDone(confined)).containsKey("seccomp");
            assertThat(untilDone(free)).doesNotContainKey("seccomp");
            assertThat(ProcStatus.isConfined(confined.pid())).isTrue();
            assertThat(ProcStatus.isConfined(free.pid())).isFalse();
        }
    }

    private static Map<String, String> untilDone(ForkedJvm child) throws IOException {
        Map<String, String> answers = new HashMap<>();
        for (String line = child.readLine(); line != null; line = child.readLine()) {
            if (line.equals("done")) {
                return answers;
            }
            String[] pair = line.split("=", 2);
            answers.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        throw new AssertionError("ended before it was done: " + answers);
    }

    /** The classes of this room in a jar: directories cannot be read from inside a sandbox. */
    private String jar() throws IOException, URISyntaxException {
        Path jar = directory.resolve("sandbox.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : List.of(Sandbox.class, SandboxTest.class)) {
                add(out, root(type));
            }
        }
        Path abi = root(io.pcmshare.abi.Errno.class);
        return jar + java.io.File.pathSeparator + abi;
    }

    private static Path root(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Not {@code package-info}, which both roots have. */
    private static boolean isNamedClass(Path file) {
        return Files.isRegularFile(file) && !file.endsWith("package-info.class");
    }

    private static void add(JarOutputStream out, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("io"))) {
            for (Path file : files.filter(SandboxTest::isNamedClass).toList()) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
    }
}
