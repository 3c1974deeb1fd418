package io.pcmshare.server.control;

import java.util.List;

/**
 * How a server is at one moment.
 *
 * @param version of PcmShare
 * @param pid of the server
 * @param socket where clients connect
 * @param time {@code real} or {@code lockstep}
 * @param upNanos since it began
 * @param cpuPercent of one core, over the last second or so
 * @param xruns of all streams and devices since it began
 * @param sessions clients that are connected
 * @param devices in the order of their cards
 * @param streams in the order in which they were opened
 * @param grants in the order in which they were given
 * @param rules that were given at run time, in front of the policy's
 * @param histograms wake-ups, mix times and queue depths
 */
public record ServerState(
        String version,
        int pid,
        String socket,
        String time,
        long upNanos,
        double cpuPercent,
        long xruns,
        int sessions,
        List<DeviceState> devices,
        List<StreamState> streams,
        List<GrantState> grants,
        List<RuleState> rules,
        List<HistogramState> histograms) {
    /** Copies the lists. */
    public ServerState {
        devices = List.copyOf(devices);
        streams = List.copyOf(streams);
        grants = List.copyOf(grants);
        rules = List.copyOf(rules);
        histograms = List.copyOf(histograms);
    }
}
