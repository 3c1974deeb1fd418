package io.pcmshare.cli.server;

import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A server with two devices and as many streams as a test wants; it writes down what is done. */
final class TopRig {
    /** Plays loudly on the first device. */
    static final StreamState LOUD = stream(3, "/usr/bin/aplay", -6, 20_000_000, 0);

    /** Plays on the first device, hardly to be heard. */
    static final StreamState QUIET = stream(5, "/opt/zoo/\u001b[2Jwolf", -54, 40_000_000, 7);

    /** What was done: {@code mute [3, true]}. */
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    /** What a method throws. */
    final ConcurrentHashMap<String, Throwable> failures = new ConcurrentHashMap<>();

    private final ServerState state;

    TopRig(StreamState... streams) {
        this.state = state(streams);
    }

    static ServerState state(StreamState... streams) {
        return new ServerState(
                "0.1.0",
                77,
                "/run/x/socket",
                "real",
                65_000_000_000L,
                1.5,
                9,
                2,
                List.of(device("0,0:playback", true, -6), device("1,0:playback", false, -99)),
                List.of(streams),
                List.of(),
                List.of(),
                List.of(
                        new HistogramState(
                                "mix_nanos",
                                2,
                                7,
                                1,
                                250_000,
                                3_500_000,
                                4,
                                5_000_000,
                                List.of())));
    }

    private static DeviceState device(String name, boolean isDefault, double peak) {
        return new DeviceState(
                name,
                0,
                "Dummy",
                "What people call it",
                "playback",
                isDefault,
                "shared",
                "S16_LE",
                2,
                48_000,
                480,
                960,
                1,
                0,
                peak,
                peak - 6);
    }

    static StreamState stream(
            long number, String program, double peak, long latencyNanos, long xruns) {
        return new StreamState(
                number,
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
                77,
                5,
                latencyNanos,
                xruns,
                0,
                false,
                peak,
                peak - 6);
    }

    ServerControl control() {
        return (ServerControl)
                Proxy.newProxyInstance(
                        TopRig.class.getClassLoader(),
                        new Class<?>[] {ServerControl.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("state")) {
                                return state;
                            }
                            calls.add(method.getName() + " " + Arrays.toString(arguments));
                            Throwable failure = failures.get(method.getName());
                            if (failure != null) {
                                throw failure;
                            }
                            return null;
                        });
    }
}
