package io.pcmshare.server.monitor;

import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A server's state as Prometheus reads it, text format 0.0.4: times in seconds, levels in decibels
 * below full scale. Names are in {@code docs/monitor.md}.
 */
final class MetricsText {
    /** Of the text. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANO = 1e9;
    private static final String NANOS = "_nanos";

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    /** All of it. */
    static String of(ServerState state) {
        MetricsText metrics = new MetricsText();
        metrics.server(state);
        metrics.devices(state.devices());
        metrics.streams(state.streams());
        state.histograms().forEach(metrics::histogram);
        return metrics.text.toString();
    }

    private void server(ServerState state) {
        head("info", "gauge", "Version, and who moves the time: real or lockstep.");
        line("info", labels("version", state.version(), "time", state.time()), 1);
        single("uptime_seconds", "gauge", "Since the server began.", state.upNanos() / NANO);
        single("cpu_ratio", "gauge", "Of one core, of late.", state.cpuPercent() / 100);
        single("sessions", "gauge", "Clients that are connected.", state.sessions());
        single("streams", "gauge", "Open streams.", state.streams().size());
        single("grants", "gauge", "Grants that hold.", state.grants().size());
        single(
                "xruns_total",
                "counter",
                "Of all streams and devices, ever.",
                (double) state.xruns());
    }

    private void devices(List<DeviceState> devices) {
        Metric<DeviceState> metric = new Metric<>("device_", devices, MetricsText::labels);
        metric.add("xruns_total", "counter", "Times it ran empty, or full.", DeviceState::xruns);
        metric.add("streams", "gauge", "Streams that use it.", DeviceState::streams);
        metric.add("rate_hertz", "gauge", "Frames a second; 0 at rest.", DeviceState::rate);
        metric.add("peak_decibels", "gauge", "Loudest sample of late.", DeviceState::peakDecibels);
        metric.add("rms_decibels", "gauge", "Root mean square.", DeviceState::rmsDecibels);
    }

    private void streams(List<StreamState> streams) {
        Metric<StreamState> metric = new Metric<>("stream_", streams, MetricsText::labels);
        metric.add("xruns_total", "counter", "Times its client was late.", StreamState::xruns);
        metric.add("frames_total", "counter", "Since it was prepared.", StreamState::movedFrames);
        metric.add(
                "latency_seconds",
                "gauge",
                "Until a frame is heard that is written now.",
                stream -> stream.latencyNanos() / NANO);
        metric.add(
                "queued_frames",
                "gauge",
                "Written and not heard, or recorded and not read.",
                StreamState::queuedFrames);
        metric.add("volume_decibels", "gauge", "0 for as it came.", StreamState::volumeDecibels);
        metric.add("muted", "gauge", "1 while it is muted.", stream -> stream.muted() ? 1 : 0);
        metric.add("peak_decibels", "gauge", "Loudest sample of late.", StreamState::peakDecibels);
        metric.add("rms_decibels", "gauge", "Root mean square.", StreamState::rmsDecibels);
    }

    /** Lines about each of several things. */
    private final class Metric<T> {
        private final String prefix;
        private final List<T> things;
        private final Function<T, String> labels;

        private Metric(String prefix, List<T> things, Function<T, String> labels) {
            this.prefix = prefix;
            this.things = things;
            this.labels = labels;
        }

        private void add(String name, String type, String help, ToDoubleFunction<T> value) {
            if (!things.isEmpty()) {
                head(prefix + name, type, help);
            }
            for (T each : things) {
                line(prefix + name, labels.apply(each), value.applyAsDouble(each));
            }
        }
    }

    private void histogram(HistogramState histogram) {
        boolean isTime = histogram.name().endsWith(NANOS);
        double unit = isTime ? NANO : 1;
        String name = isTime ? histogram.name().replace(NANOS, "_seconds") : histogram.name();
        head(name, "histogram", "Of the time since the server began.");
        long below = 0;
        for (HistogramState.Bucket each : histogram.buckets()) {
            below += each.count(); // Prometheus counts those of the buckets below as well
            line(name + "_bucket", labels("le", number(each.upTo() / unit)), (double) below);
        }
        line(name + "_bucket", labels("le", "+Inf"), (double) histogram.count());
        line(name + "_sum", "", histogram.sum() / unit);
        line(name + "_count", "", (double) histogram.count());
    }

    private void single(String name, String type, String help, double value) {
        head(name, type, help);
        line(name, "", value);
    }

    private void head(String name, String type, String help) {
        text.append("# HELP pcmshare_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE pcmshare_").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        text.append("pcmshare_").append(name).append(labels).append(' ');
        text.append(number(value)).append('\n');
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return isWhole ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static String labels(DeviceState device) {
        return labels("device", device.name(), "card", device.cardId());
    }

    private static String labels(StreamState stream) {
        return labels(
                "stream",
                String.valueOf(stream.number()),
                "program",
                stream.program(),
                "pid",
                String.valueOf(stream.pid()),
                "kind",
                stream.kind(),
                "device",
                stream.device());
    }

    private static String labels(String... pairs) {
        StringBuilder labels = new StringBuilder("{");
        for (int i = 0; i < pairs.length; i += 2) {
            String value =
                    pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(i == 0 ? "" : ",").append(pairs[i]);
            labels.append("=\"").append(value).append('"');
        }
        return labels.append('}').toString();
    }
}
