package io.pcmshare.server.control;

import io.pcmshare.cards.Words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does what requests ask for; all but {@code watch} and {@code stop}. */
final class ControlCalls {
    /** Every word of {@code op}. */
    private static final List<String> OPS =
            List.of(
                    "state",
                    "audit",
                    "waveform",
                    "watch",
                    "volume",
                    "mute",
                    "move",
                    "revoke",
                    "revoke-process",
                    "grant",
                    "forget",
                    "default-device",
                    "add-card",
                    "remove-card",
                    "reload",
                    "stop");

    private static final double MAX_DECIBELS = 20;

    private final ServerControl control;

    ControlCalls(ServerControl control) {
        this.control = control;
    }

    /**
     * What it answers, beside {@code "ok":true}.
     *
     * @throws ControlException where it was not done
     */
    Map<String, Object> answer(ControlRequest request) throws ControlException {
        String op = request.op();
        return switch (op) {
            case "state" -> state(request);
            case "audit" -> {
                long after = request.has("after") ? number(request, "after") : 0;
                request.close();
                yield Map.of("audit", control.audit(after));
            }
            case "waveform" -> {
                String device = request.text("device");
                request.close();
                yield Map.of("waveform", control.waveform(device));
            }
            case "volume", "mute", "move" -> {
                stream(op, request);
                yield Map.of();
            }
            case "revoke", "revoke-process", "grant", "forget" -> permission(op, request);
            case "default-device", "add-card", "remove-card" -> device(op, request);
            case "reload" -> {
                request.close();
                control.reload();
                yield Map.of();
            }
            default ->
                    throw new ControlException(
                            "there is no op \"" + op + '"' + Words.choice(op, OPS));
        };
    }

    private Map<String, Object> state(ControlRequest request) throws ControlException {
        request.close();
        return Map.of("state", control.state());
    }

    private void stream(String op, ControlRequest request) throws ControlException {
        long stream = number(request, "stream");
        switch (op) {
            case "volume" -> {
                double decibels = request.decibels("decibels", MAX_DECIBELS);
                request.close();
                control.volume(stream, decibels);
            }
            case "mute" -> {
                boolean muted = request.flag("muted");
                request.close();
                control.mute(stream, muted);
            }
            default -> {
                String device = request.text("device");
                request.close();
                control.move(stream, device);
            }
        }
    }

    private Map<String, Object> permission(String op, ControlRequest request)
            throws ControlException {
        switch (op) {
            case "revoke" -> {
                long grant = number(request, "grant");
                request.close();
                control.revoke(grant);
            }
            case "revoke-process" -> {
                long pid = request.integer("pid", 1, Integer.MAX_VALUE);
                request.close();
                return Map.of("grants", control.revokeProcess((int) pid));
            }
            case "grant" -> {
                String rule = request.text("rule");
                request.close();
                return Map.of("rule", control.grant(rule));
            }
            default -> {
                long rule = number(request, "rule");
                request.close();
                control.forget(rule);
            }
        }
        return Map.of();
    }

    private Map<String, Object> device(String op, ControlRequest request) throws ControlException {
        switch (op) {
            case "default-device" -> {
                String device = request.text("device");
                request.close();
                control.defaultDevice(device);
            }
            case "add-card" -> {
                String spec = request.text("spec");
                request.close();
                return Map.of("card", control.addCard(spec));
            }
            default -> {
                long card = request.integer("card", 0, Integer.MAX_VALUE);
                request.close();
                control.removeCard((int) card);
            }
        }
        return Map.of();
    }

    private static long number(ControlRequest request, String name) throws ControlException {
        return request.integer(name, 0, Long.MAX_VALUE);
    }

    /** A line that says that it was done. */
    static String done(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ok", true);
        all.putAll(more);
        return StateJson.text(all);
    }

    /** A line that says why it was not done. */
    static String refused(String sentence) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ok", false);
        all.put("error", sentence);
        return StateJson.text(all);
    }
}
