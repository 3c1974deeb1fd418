package io.pcmshare.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.share.audit.Subject;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@Timeout(60)
@NoFdLeaks
class AskCommandTest {
    private static final long SECOND = 1_000_000_000L;

    private final AskCommand asker = new AskCommand(Map.of("DISPLAY", ":7", "SECRET", "word"));
    @TempDir private Path folder;

    @Test
    void theProgramLearnsOfTheRequestFromItsEnvironmentAndOfNothingElse() throws Exception {
        Path heard = folder.resolve("heard");
        Subject subject = new Subject(-2, 412, "/opt/a b=\"c\"\n/x", "x_t");
        StreamRequest request =
                new StreamRequest(
                        subject,
                        "0::/a",
                        SoundClass.PROGRAMS,
                        "0,0:capture",
                        true,
                        48_000,
                        250_999_999,
                        0,
                        0);
        List<String> command =
                List.of("/bin/sh", "-c", "/usr/bin/env -0 > \"$1\"", "ask", heard.toString());

        String refusal =
                asker.refusal(
                        new AskHook(command, List.of("DISPLAY", "NONE"), 20 * SECOND, 0), request);

        assertThat(refusal).isEmpty();
        assertThat(Files.readString(heard).split("\0"))
                .filteredOn(line -> !line.matches("(?s)(PWD|SHLVL|_|OLDPWD)=.*")) // the shell's
                .containsExactlyInAnyOrder(
                        "DISPLAY=:7",
                        "PCMSHARE_CLASS=programs",
                        "PCMSHARE_DIRECTION=capture",
                        "PCMSHARE_DEVICE=0,0:capture",
                        "PCMSHARE_EXCLUSIVE=yes",
                        "PCMSHARE_BUFFER_MILLIS=250",
                        "PCMSHARE_UID=4294967294",
                        "PCMSHARE_PID=412",
                        "PCMSHARE_EXE=/opt/a b=\"c\"\n/x",
                        "PCMSHARE_LABEL=x_t",
                        "PCMSHARE_CGROUP=0::/a");
    }

    @Test
    void anyOtherStatusThanNothingIsNo() throws Exception {
        assertThat(ask(20 * SECOND, "exit 3")).isEqualTo("the answer was no, status 3");
        assertThat(ask(20 * SECOND, "kill -9 $$")).isEqualTo("the answer was no, status 137");
        // it reads nothing, and what it prints keeps nobody waiting
        assertThat(ask(20 * SECOND, "cat; head -c 1000000 /dev/zero; exit 0")).isEmpty();
    }

    @Test
    void whoThinksTooLongIsEndedWithAllThatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        String script = "/bin/sleep 1000 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid;
        // long enough for a shell to start, on a busy machine as well
        assertThat(ask(2 * SECOND, script + "; wait")).isEqualTo("there was no answer in time");
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
    }

    @Test
    void aProgramThatCannotBeStartedIsNo() throws Exception {
        AskHook hook = new AskHook(List.of("/no/such"), List.of(), SECOND, 0);
        assertThat(asker.refusal(hook, Requests.of(0, SoundClass.PLAY)))
                .startsWith("it could not be asked: ");
        assertThat(asker.refusal(hook, Requests.of(0, "/a\0b", SoundClass.PLAY)))
                .startsWith("it could not be asked: ");
    }

    private String ask(long timeoutNanos, String script) throws InterruptedException {
        List<String> command = List.of("/bin/sh", "-c", script);
        return asker.refusal(
                new AskHook(command, List.of(), timeoutNanos, 0), Requests.of(0, SoundClass.PLAY));
    }
}
