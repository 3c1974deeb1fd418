package io.pcmshare.core.pcm;

import org.jspecify.annotations.Nullable;

/**
 * The memory of an open stream.
 *
 * @param data the ring; {@code null} before hardware parameters were chosen
 * @param status the page that the core writes
 * @param control the page that the client writes
 */
public record StreamRegions(@Nullable Region data, Region status, Region control) {
    /** Closes all of them. */
    public void close() {
        if (data != null) {
            data.close();
        }
        status.close();
        control.close();
    }

    static StreamRegions of(PcmRuntime r) {
        return new StreamRegions(r.dataRegion, r.statusRegion, r.controlRegion);
    }
}
