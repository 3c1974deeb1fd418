package io.pcmshare.cli.demo;

import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormat;
import io.pcmshare.core.clock.FrameTime;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a demonstration prints: a table, and one last line. */
final class DemoReport {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final DemoRun run;
    private final WavFile wav;
    private final Table table;
    private final List<String> faults = new ArrayList<>();

    DemoReport(PrintStream out, DemoRun run, WavFile wav) {
        this.out = out;
        this.run = run;
        this.wav = wav;
        this.table = new Table(out);
    }

    void begin() {
        WavFormat format = wav.format();
        out.printf(
                Locale.ROOT,
                "Playing %s: %s, %d channel%s, %d Hz, %.2f s, %s.%n",
                run.name(),
                format.format(),
                format.channels(),
                format.channels() == 1 ? "" : "s",
                format.rate(),
                seconds(),
                run.options().isLockstep() ? "as fast as it goes" : "in real time");
        boolean fellBack =
                run.options().clock == DemoOptions.Clock.LOCKSTEP && !run.options().isLockstep();
        if (fellBack) {
            out.println("(A client that has only the ring keeps real time, so lockstep does too.)");
        }
        out.println();
    }

    private double seconds() {
        return (double) wav.frames() / wav.format().rate();
    }

    /** Something did not even run. */
    int broken(String who) {
        out.println();
        out.println("FAIL: the " + who + " failed; its messages are above.");
        return 1;
    }

    int judge(Notes server, Notes client, long killedNanos) throws IOException {
        table.row("descriptor", server.get("descriptor"));
        table.row("seals", client.get("seals"));
        table.row("permissions", server.get("permissions"));
        table.row("sandbox", client.get("confined"));
        refusals(client.refusals());
        table.row("server copies", server.get("copied") + " frames");
        expect(server.number("copied", -1) == 0, "the server copied frames");
        table.row("xruns", server.get("xruns"));
        expect(server.number("xruns", -1) == 0, "there was an xrun");
        if (!run.kill()) {
            wakeUps(client);
        }
        cpu(server, client);
        cut(server, client, killedNanos);
        recording(server);
        table.row("substream", server.get("freed").equals("true") ? "freed" : "STILL BUSY");
        expect(server.get("freed").equals("true"), "the substream was not freed");
        out.println();
        out.println(faults.isEmpty() ? "PASS" : "FAIL: " + String.join("; ", faults) + ".");
        return faults.isEmpty() ? 0 : 1;
    }

    private void refusals(List<String> refusals) {
        expect(!refusals.isEmpty(), "the client tried nothing");
        String label = "refused";
        for (String line : refusals) {
            String[] cells = line.split("\t", -1);
            table.row(label, String.format("%-40s %-8s %s", cells[1], cells[2], "by " + cells[3]));
            expect(cells[0].equals("refused"), "not refused: " + cells[1] + " (" + cells[2] + ")");
            label = "";
        }
    }

    private void wakeUps(Notes client) {
        if (run.options().isLockstep()) {
            table.row("wake-ups", client.get("wakes") + ", latency not measured: time is virtual");
            return;
        }
        table.row(
                "wake-ups",
                String.format(
                        Locale.ROOT,
                        "%s, latency p50 %d us, p99 %d us, max %d us",
                        client.get("wakes"),
                        client.number("p50", 0) / 1000,
                        client.number("p99", 0) / 1000,
                        client.number("max", 0) / 1000));
    }

    private void cpu(Notes server, Notes client) {
        table.row(
                "CPU",
                run.kill()
                        ? "server " + cpuOf(server)
                        : "server " + cpuOf(server) + ", client " + cpuOf(client));
    }

    private String cpuOf(Notes notes) {
        double cpuSeconds = notes.number("cpuNanos", 0) / NANOS_PER_SECOND;
        return run.options().isLockstep()
                ? String.format(Locale.ROOT, "%.0f ms", cpuSeconds * 1000)
                : String.format(
                        Locale.ROOT,
                        "%.0f ms (%.1f %% of a core)",
                        cpuSeconds * 1000,
                        100 * cpuSeconds / seconds());
    }

    /** How the client was cut off, where it was. */
    private void cut(Notes server, Notes client, long killedNanos) {
        if (!run.kill() && !run.revoke()) {
            return;
        }
        long noticed = server.number("cutNoticed", -1);
        long silent = server.number("cutSilent", -1);
        expect(silent >= 0, "the client was not cut off");
        int period = run.options().periodFor(wav.format().rate());
        table.row(
                "cut off",
                String.format(
                        Locale.ROOT,
                        "%s; noticed at frame %d, silent from frame %d, in %d us",
                        server.get("cutReason"),
                        noticed,
                        silent,
                        server.number("cutNanos", 0) / 1000));
        // virtual time runs on while we act, as far as the client has fed it: frames say nothing
        // then
        expect(
                run.options().isLockstep() || silent - noticed <= period,
                "it took " + (silent - noticed) + " frames to silence the ring, period=" + period);
        if (run.kill() && !run.options().isLockstep()) {
            killed(server, killedNanos, silent);
        }
        if (run.revoke()) {
            table.row("client wrote", client.get("written") + " frames, to the end");
            expect(
                    client.number("written", -1) == wav.frames(),
                    "the client did not go on writing");
        }
    }

    private void killed(Notes server, long killedNanos, long silent) {
        long startNanos = server.number("startNanos", killedNanos);
        int rate = wav.format().rate();
        long atKill = FrameTime.frames(Math.max(0, killedNanos - startNanos), rate);
        long latency = FrameTime.nanosDown(Math.max(0, silent - atKill), rate);
        table.row(
                "killed",
                String.format(
                        Locale.ROOT,
                        "at frame %d, %d frames (%d us) before the silence",
                        atKill,
                        Math.max(0, silent - atKill),
                        latency / 1000));
    }

    private void recording(Notes server) throws IOException {
        try (WavFile recorded = WavFile.open(run.recording())) {
            table.row("frames", wav.frames() + " in the file, " + recorded.frames() + " recorded");
            Comparison comparison = new Comparison(wav, recorded);
            if (run.kill() || run.revoke()) {
                long silent = server.number("cutSilent", 0);
                sayCompared(
                        comparison.firstDifference(silent),
                        "equal to the file before the cut, silence after it");
                if (run.revoke()) {
                    expect(recorded.frames() == wav.frames(), "the owner did not play on");
                }
            } else {
                sayCompared(comparison.firstDifference(), "equal to the file, sample for sample");
            }
        }
    }

    private void sayCompared(long firstDifference, String equal) {
        if (firstDifference < 0) {
            table.row("recording", equal);
        } else {
            table.row("recording", "differs from frame " + firstDifference + " on");
            faults.add("the recording differs from frame " + firstDifference + " on");
        }
    }

    private void expect(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
