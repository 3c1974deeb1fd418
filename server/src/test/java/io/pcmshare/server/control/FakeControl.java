package io.pcmshare.server.control;

import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.Subject;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that writes down what is done to it, and answers what a test wants. */
public final class FakeControl {
    public static final DeviceState DEVICE =
            new DeviceState(
                    "0,0:playback",
                    0,
                    "Dummy",
                    "a \"card\"\n\u2028 \ud83d\ude00",
                    "playback",
                    true,
                    "shared",
                    "FLOAT_LE",
                    2,
                    48_000,
                    480,
                    960,
                    1,
                    3,
                    -6.25,
                    Double.NEGATIVE_INFINITY);

    public static final StreamState STREAM =
            new StreamState(
                    3,
                    412,
                    1000,
                    "/usr/bin/aplay",
                    "playback",
                    "shared",
                    "0,0:playback",
                    "RUNNING",
                    "S16_LE",
                    1,
                    44_100,
                    100,
                    400,
                    Long.MAX_VALUE,
                    5,
                    20_000_000,
                    7,
                    -3.5,
                    true,
                    -1,
                    -2);

    public static final ServerState STATE =
            new ServerState(
                    "0.1.0",
                    77,
                    "/run/x/socket",
                    "real",
                    5_000_000_000L,
                    1.25,
                    9,
                    2,
                    List.of(DEVICE),
                    List.of(STREAM),
                    List.of(
                            new GrantState(
                                    4,
                                    3,
                                    412,
                                    1000,
                                    "/usr/bin/aplay",
                                    "0,0:playback",
                                    List.of("MAP_BUFFER", "PLAY"),
                                    -1,
                                    48_000)),
                    List.of(new RuleState(1, "{exe='/x'}", -1)),
                    List.of(
                            new HistogramState(
                                    "mix_nanos",
                                    2,
                                    7,
                                    1,
                                    2,
                                    3,
                                    4,
                                    5,
                                    List.of(new HistogramState.Bucket(8, 2)))));

    public static final AuditEntry ENTRY =
            new AuditEntry(
                    12,
                    Instant.parse("2026-01-02T03:04:05.000000006Z"),
                    new AuditEvent(
                            AuditEvent.Kind.REFUSAL,
                            new Subject(-2, 5, "/a\nb", "l"),
                            "hw:0,0,0:capture",
                            Permissions.BUFFER,
                            "EPERM"));

    /** What was done: {@code volume [3, -6.0]}. */
    public final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    /** What a method answers; an exception is thrown. */
    public final Map<String, Object> answers = new ConcurrentHashMap<>(Map.of("state", STATE));

    /** The server. */
    public ServerControl control() {
        return (ServerControl)
                Proxy.newProxyInstance(
                        FakeControl.class.getClassLoader(),
                        new Class<?>[] {ServerControl.class},
                        (proxy, method, arguments) -> {
                            String said = arguments == null ? "" : " " + Arrays.toString(arguments);
                            calls.add(method.getName() + said);
                            Object answer = answers.get(method.getName());
                            if (answer instanceof Throwable failure) {
                                throw failure;
                            }
                            return answer;
                        });
    }
}
