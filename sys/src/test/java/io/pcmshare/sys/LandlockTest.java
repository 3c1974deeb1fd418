package io.pcmshare.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.FutureTask;

@NoFdLeaks
final class LandlockTest {
    @Test
    void aThreadThatGaveUpItsRightsKeepsWhatItHoldsAndOthersKeepAll() throws Exception {
        assumeTrue(Landlock.abi() > 0, "this kernel has no Landlock");
        Path file = Path.of("/proc/self/status");
        FutureTask<String> task =
                new FutureTask<>(
                        () -> {
                            Fd.open(file, Fd.O_RDONLY).close();
                            try (Fd held = Memfd.create("held", 1)) {
                                assertThat(Landlock.restrictEverything()).isTrue();
                                assertThatThrownBy(() -> Fd.open(file, Fd.O_RDONLY).close())
                                        .hasMessage("openat: EACCES (13), path=" + file);
                                return held.target();
                            }
                        });
        Thread.ofPlatform().start(task).join();
        assertThat(task.get()).startsWith("/");
        Fd.open(file, Fd.O_RDONLY).close();
    }
}
