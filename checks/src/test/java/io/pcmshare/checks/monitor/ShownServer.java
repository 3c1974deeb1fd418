package io.pcmshare.checks.monitor;

import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.GrantState;
import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;
import io.pcmshare.server.control.Waveform;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.Subject;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server with one stream, which writes down what is done to it. */
final class ShownServer {
    /** What was done: {@code mute [3, true]}. */
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    private volatile String program = "/usr/bin/aplay";
    private volatile double peak = Double.NEGATIVE_INFINITY;

    /** The path of its client's program from now on. */
    void program(String path) {
        program = path;
    }

    /** How loud everything is from now on, in decibels. */
    void peak(double decibels) {
        peak = decibels;
    }

    ServerControl control() {
        return (ServerControl)
                Proxy.newProxyInstance(
                        ShownServer.class.getClassLoader(),
                        new Class<?>[] {ServerControl.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "state" -> state();
                                    case "audit" -> audit((long) arguments[0]);
                                    case "waveform" ->
                                            Waveform.of(
                                                    200,
                                                    3,
                                                    new float[] {-1, 0, -0.5f},
                                                    new float[] {1, 0, 0.5f});
                                    default -> {
                                        calls.add(
                                                method.getName()
                                                        + " "
                                                        + Arrays.toString(arguments));
                                        yield null;
                                    }
                                });
    }

    private ServerState state() {
        return new ServerState(
                "0.1.0",
                77,
                "/run/x/socket",
                "real",
                65_000_000_000L,
                1.25,
                9,
                1,
                List.of(device("0,0:playback", true), device("1,0:playback", false)),
                List.of(stream()),
                List.of(
                        new GrantState(
                                3, 3, 412, 1000, program, "0,0:playback", List.of("PLAY"), -1, -1)),
                List.of(),
                List.of(
                        new HistogramState(
                                "mix_nanos",
                                3,
                                3_000_000,
                                1000,
                                500_000,
                                2_000_000,
                                2_000_000,
                                2_000_000,
                                List.of(
                                        new HistogramState.Bucket(1_000_000, 2),
                                        new HistogramState.Bucket(2_000_000, 1)))));
    }

    private DeviceState device(String name, boolean isDefault) {
        return new DeviceState(
                name,
                0,
                "Dummy",
                program,
                "playback",
                isDefault,
                "shared",
                "S16_LE",
                2,
                48_000,
                480,
                960,
                1,
                3,
                peak,
                peak);
    }

    private StreamState stream() {
        return new StreamState(
                3,
                412,
                1000,
                program,
                "playback",
                "shared",
                "0,0:playback",
                "RUNNING",
                "S16_LE",
                2,
                44_100,
                441,
                1764,
                100,
                5,
                20_500_000,
                7,
                -3.5,
                false,
                peak,
                peak);
    }

    private List<AuditEntry> audit(long after) {
        AuditEvent event =
                new AuditEvent(
                        AuditEvent.Kind.REFUSAL,
                        new Subject(1000, 412, program, ""),
                        "hw:0,0,0:capture",
                        Permissions.BUFFER,
                        "EPERM");
        return after > 0
                ? List.of()
                : List.of(new AuditEntry(1, Instant.parse("2026-01-02T03:04:05Z"), event));
    }
}
