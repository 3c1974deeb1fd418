package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.WavBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
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

    private Wav transferAll(Supervised run) throws IOException, InterruptedException {
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

        Wav source = transferAll(new Supervised(folder).lockstep());

        for (int i = 0; i < all.size(); i++) {
            heard(i).assertPlayed(source, all.get(i));
            recorded(i).assertRecorded(source, RECORDED, all.get(i));
        }
    }

    /**
     * It keeps time by itself, and of its own will drops what is queued when it is through.
     *
     * <p>Before its first frame it rewinds to 32 frames, 0.7 ms, ahead of the hardware. Where that
     * is not time enough for the call itself it has an xrun, prepares and tries again: once or
     * twice here while the virtual machine is cold, twenty times and more on an emulated HDA device
     * with a Linux 6.1 kernel.
     */
    @Test
    void schedulingByTimerIsServedWithoutPeriods() throws IOException, InterruptedException {
        for (String waiter : List.of("none", "poll", "select", "epoll")) {
            all.add("--sched-model timer --waiter-type " + waiter);
        }

        Wav source = transferAll(new Supervised(folder));

        for (int i = 0; i < all.size(); i++) {
            heard(i).assertHeardWhole(source.first(PIECE), all.get(i));
            assertThat(recorded(i).samples()).as(all.get(i)).hasSize(RECORDED * 4);
            recorded(i).first(PIECE).assertPieceOf(source, PIECE, all.get(i));
        }
    }
}
