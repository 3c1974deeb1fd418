package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;

import org.jspecify.annotations.Nullable;

/**
 * How a device is to be used.
 *
 * @param rate of what is mixed for it, frames a second; 0 for 48 kHz, or what is next to that
 * @param channels of what is mixed for it; 0 for two, or what is next to that
 * @param format of what is mixed for it; {@code null} for what most programs play
 * @param periodFrames how often it is looked after, in frames; 0 for ten milliseconds
 * @param allowsShared whether streams are mixed for it
 * @param allowsExclusive whether a client may have it for itself
 */
public record DeviceWish(
        int rate,
        int channels,
        @Nullable PcmFormat format,
        long periodFrames,
        boolean allowsShared,
        boolean allowsExclusive) {
    /** Whatever it does best. */
    public static final DeviceWish ANY = new DeviceWish(0, 0, null, 0, true, true);

    long longestPeriod() {
        return periodFrames == 0 ? Long.MAX_VALUE : periodFrames;
    }
}
