package io.pcmshare.cli.demo;

import io.pcmshare.abi.Errno;
import io.pcmshare.cards.WavFile;
import io.pcmshare.client.Connection;
import io.pcmshare.client.DisconnectedException;
import io.pcmshare.client.PagePlayer;
import io.pcmshare.client.Player;
import io.pcmshare.client.PredictingPlayer;
import io.pcmshare.client.StreamMemory;
import io.pcmshare.client.WakeListener;
import io.pcmshare.share.Right;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Memfd;
import io.pcmshare.sys.Sandbox;
import io.pcmshare.sys.Scheduling;
import io.pcmshare.sys.Seals;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The sandboxed client of a demonstration; started by the judge. */
@Command(name = "demo-client", hidden = true)
public final class DemoClientCommand implements Callable<Integer> {
    private static final long LATENCY_MAX_NANOS = 60_000_000_000L;

    @Option(names = "--socket", required = true)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path socket;

    @Option(names = "--server-pid", required = true)
    private int serverPid;

    @Option(names = "--paced", description = "what is written after a revocation takes its time")
    private boolean paced;

    @Parameters
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    private final Histogram latencies = new Histogram(LATENCY_MAX_NANOS, 3);

    @Override
    public Integer call() throws IOException {
        try (WavFile wav = WavFile.open(file);
                Connection connection = Connection.open(socket)) {
            Sandbox.Confinement confinement = Sandbox.confine();
            note("confined", "seccomp, all threads" + landlock(confinement));
            try (StreamMemory memory = connection.request(true)) {
                note("seals", Seals.names(Memfd.getSeals(memory.borrowRingFd())));
                tryEverything(memory);
                play(wav, connection, memory);
            }
        }
        return 0;
    }

    private static String landlock(Sandbox.Confinement confinement) {
        return confinement.landlockAbi() > 0
                ? "; Landlock ABI " + confinement.landlockAbi()
                : "; no Landlock in this kernel";
    }

    private void tryEverything(StreamMemory memory) {
        for (Attempt attempt : Attempts.make(serverPid, memory)) {
            int answer = attempt.answer();
            note(
                    "refusal",
                    String.join(
                            "\t",
                            attempt.isRefused() ? "refused" : "NOT REFUSED",
                            attempt.what(),
                            answer == 0 ? "allowed" : Errno.nameOf(answer),
                            attempt.refusedBy()));
        }
    }

    private void play(WavFile wav, Connection connection, StreamMemory memory) throws IOException {
        WakeListener listener =
                nanos -> latencies.recordValue(Math.clamp(nanos, 0, LATENCY_MAX_NANOS));
        boolean hasPages = memory.permissions().has(Right.MAP_CONTROL);
        Player player =
                hasPages
                        ? new PagePlayer(connection, memory, wav.samples(), listener)
                        : new PredictingPlayer(memory, wav.samples(), listener);
        Scheduling.tryTimerSlack(1);
        long startNanos = connection.start(player.prefill());
        long cpuBefore = Clocks.processCpuNanos();
        long written = player.play(startNanos);
        note("cpuNanos", Clocks.processCpuNanos() - cpuBefore);
        note("wakes", latencies.getTotalCount());
        note("p50", latencies.getValueAtPercentile(50));
        note("p99", latencies.getValueAtPercentile(99));
        note("max", latencies.getMaxValue());
        try {
            if (written < wav.frames()) {
                throw connection.reasonOfEnd();
            }
            note("heard", connection.finish(written));
        } catch (DisconnectedException e) {
            note("cutAt", e.heardFrames());
            written = player.scribble(paced ? startNanos : Player.AT_ONCE);
        }
        note("written", written);
    }

    private static void note(String key, Object value) {
        System.out.println(key + "=" + value);
    }
}
