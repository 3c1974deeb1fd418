package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code axfer}, with each way of waiting and of scheduling that it has. */
final class AxferTest {
    private static final int FRAMES = 60_000;
    private static final int RECORDED = 30_000;

    /** A tenth of a second. */
    private static final int PIECE = 4800;

    @TempDir private Path folder;

    private final StringBuilder script = new StringBuilder();
    private final List<String> all = new ArrayList<>();

    private Wav transferAll(Supervised run, boolean realTime)
            throws IOException, InterruptedException {
        Programs.need("axfer");
        Path source = WavBytes.write(folder.resolve("a.wav"), WavBytes.PCM, 2, 48_000, 16, FRAMES);
        all.forEach(o -> script.append("try axfer transfer playback -D hw:0 a.wav " + o + "\n"));
        for (int i = 0; i < all.size(); i++) {
            script.append(
                    "try axfer transfer capture -D hw:0 -f dat -s %d %s r%d.wav\n"
                            .formatted(RECORDED, all.get(i), i));
        }
        Supervised.Outcome outcome =
                run.card("wav:out=o.wav,record=heard,mic=a.wav")
                        .option("--summary")
                        .script(script.toString());
        // it gives up at the first xrun: poll says POLLERR, which it takes for an input/output
        // error
        assumeTrue(
                !realTime || !outcome.err().matches("(?s).*[1-9]\\d* xruns?.*"),
                "this machine was too late for a program that keeps real time by itself");
        assertThat(outcome.out()).as(outcome.all()).isEmpty();
        return Wav.read(source);
    }

    private Wav heard(int index) throws IOException {
        return Wav.read(folder.resolve("heard/card0-pcm0p-sub0-%d.wav".formatted(index + 1)));
    }

    private Wav recorded(int index) throws IOException {
        return Wav.read(folder.resolve("r" + index + ".wav"));
    }

    @Test
    void everyWaiterKeepsTheSamples() throws IOException, InterruptedException {
        all.addAll(List.of("--sched-model irq", "-M", "-N --waiter-type none"));
        for (String waiter : List.of("poll", "select", "epoll")) {
            all.add("-N --waiter-type " + waiter);
            all.add("-M --waiter-type " + waiter);
        }

        Wav source = transferAll(new Supervised(folder).lockstep(), false);

        for (int i = 0; i < all.size(); i++) {
            heard(i).assertPlayed(source, all.get(i));
            recorded(i).assertRecorded(source, RECORDED, all.get(i));
        }
    }

    /** It keeps time by itself, and of its own will drops what is queued when it is through. */
    @Test
    void schedulingByTimerIsServedWithoutPeriods() throws IOException, InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        assumeTrue(load < 1, "a program that keeps real time by itself needs an idle machine");
        for (String waiter : List.of("none", "poll", "select", "epoll")) {
            all.add("--sched-model timer --waiter-type " + waiter);
        }

        Wav source = transferAll(new Supervised(folder), true);

        for (int i = 0; i < all.size(); i++) {
            heard(i).assertHeardWhole(source.first(PIECE), all.get(i));
            assertThat(recorded(i).samples()).as(all.get(i)).hasSize(RECORDED * 4);
            recorded(i).first(PIECE).assertPieceOf(source, PIECE, all.get(i));
        }
    }
}
