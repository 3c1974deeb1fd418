package io.pcmshare.server.daemon;

import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.measure.Histograms;
import io.pcmshare.server.measure.PassRecord;
import io.pcmshare.server.measure.XrunRecord;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.sys.Clocks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a server is doing: its use of processors, its xruns. Threads: control. */
final class Vitals {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Histograms histograms;
    private final Map<String, Long> deviceXruns = new HashMap<>();
    private long lookedNanos = Clocks.monotonicNanos();
    private long cpuNanos = Clocks.processCpuNanos();
    private double cpuPercent;
    private long xruns;

    Vitals(Histograms histograms) {
        this.histograms = histograms;
    }

    /** Of one core, over the last second or so. */
    double cpuPercent() {
        return cpuPercent;
    }

    /** Of all streams and devices, since it began. */
    long xruns() {
        return xruns;
    }

    /** Counts what has happened meanwhile. */
    void look(Bay bay, List<Held> streams) {
        histograms.count();
        for (Held held : streams) {
            tell("stream " + held.bayStream().number(), held.freshXruns());
        }
        for (BayDevice device : bay.devices()) {
            long all = device.xruns();
            Long told = deviceXruns.put(device.name(), all);
            tell(device.name(), Math.max(0, all - (told == null ? 0 : told)));
        }
        long nowNanos = Clocks.monotonicNanos();
        if (nowNanos - lookedNanos >= SECOND_NANOS) {
            long cpuNow = Clocks.processCpuNanos();
            cpuPercent = 100.0 * (cpuNow - cpuNanos) / (nowNanos - lookedNanos);
            cpuNanos = cpuNow;
            lookedNanos = nowNanos;
            record(streams.size());
        }
    }

    private void tell(String name, long fresh) {
        if (fresh > 0) {
            xruns += fresh;
            new XrunRecord(name, fresh).commit();
        }
    }

    private void record(int streams) {
        PassRecord pattern = new PassRecord(streams, 0, 0, 0);
        if (!pattern.isEnabled()) {
            return;
        }
        HistogramState wakeUps = histograms.states().get(0);
        HistogramState passes = histograms.states().get(1);
        new PassRecord(streams, passes.count(), wakeUps.p99(), passes.p99()).commit();
    }
}
