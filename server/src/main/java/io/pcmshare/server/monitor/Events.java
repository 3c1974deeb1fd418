package io.pcmshare.server.monitor;

import io.pcmshare.server.control.AuditEntry;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.ServerControl;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StateJson;
import io.pcmshare.server.control.Waveform;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one visitor is told as it happens: server-sent events {@code state}, {@code audit}, {@code
 * wave}. Threads: one.
 */
final class Events {
    private final ServerControl control;
    private final Fresh fresh;
    private final OutputStream out;
    private final @Nullable String wanted;
    private long auditSeen;
    private @Nullable String waveDevice;
    private long waveSeen;

    /**
     * For a visitor.
     *
     * @param wanted the device whose waveform is shown; {@code null} for the default one
     * @param auditSeen the number of the last audit entry that the visitor has
     */
    Events(
            ServerControl control,
            Fresh fresh,
            OutputStream out,
            @Nullable String wanted,
            long auditSeen) {
        this.control = control;
        this.fresh = fresh;
        this.out = out;
        this.wanted = wanted;
        this.auditSeen = auditSeen;
    }

    /**
     * Tells what is new.
     *
     * @throws IOException where the visitor has gone
     * @throws IllegalStateException where the server does not answer any more
     */
    void tell() throws IOException {
        ServerState state = fresh.state();
        event("state", null, StateJson.text(state));
        for (AuditEntry entry : control.audit(auditSeen)) {
            auditSeen = entry.number();
            event("audit", String.valueOf(auditSeen), StateJson.text(entry));
        }
        String device = wanted == null ? defaultOf(state) : wanted;
        if (device != null) {
            wave(device);
        }
        out.flush();
    }

    private static @Nullable String defaultOf(ServerState state) {
        return state.devices().stream()
                .filter(device -> device.isDefault() && device.direction().equals("playback"))
                .map(DeviceState::name)
                .findFirst()
                .orElse(null);
    }

    private void wave(String device) throws IOException {
        Waveform all;
        try {
            all = control.waveform(device);
        } catch (ControlException gone) {
            return; // a card that was taken away; the state says so
        }
        boolean goesOn = device.equals(waveDevice) && all.endPiece() >= waveSeen;
        int count = all.low().size();
        int fresh = goesOn ? (int) Math.min(count, all.endPiece() - waveSeen) : count;
        waveDevice = device;
        waveSeen = all.endPiece();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("device", device);
        fields.put("rate", all.rate());
        fields.put("endPiece", all.endPiece());
        fields.put("goesOn", goesOn);
        fields.put("low", shortened(all.low(), fresh));
        fields.put("high", shortened(all.high(), fresh));
        event("wave", null, StateJson.text(fields));
    }

    /** The last ones, with as many digits as a picture shows. */
    private static List<Float> shortened(List<Float> pieces, int count) {
        return pieces.subList(pieces.size() - count, pieces.size()).stream()
                .map(piece -> Math.round(Objects.requireNonNull(piece) * 1000) / 1000f)
                .toList();
    }

    /** JSON of {@link StateJson} has no line ends, which would end the event. */
    private void event(String name, @Nullable String id, String data) throws IOException {
        String text =
                (id == null ? "" : "id: " + id + "\n")
                        + "event: "
                        + name
                        + "\ndata: "
                        + data
                        + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
