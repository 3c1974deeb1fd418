package io.pcmshare.server.control;

import java.util.List;

/**
 * What somebody was given.
 *
 * @param number by which {@code revoke} names it
 * @param stream the number of the {@link StreamState}
 * @param pid of its holder
 * @param uid of its holder
 * @param program of its holder
 * @param device the name of the {@link DeviceState}
 * @param permissions groups and rights, by name
 * @param leftNanos until it ends by itself; -1 for never
 * @param leftFrames of its quota; -1 for no quota
 */
public record GrantState(
        long number,
        long stream,
        int pid,
        int uid,
        String program,
        String device,
        List<String> permissions,
        long leftNanos,
        long leftFrames) {
    /** Copies the list. */
    public GrantState {
        permissions = List.copyOf(permissions);
    }
}
