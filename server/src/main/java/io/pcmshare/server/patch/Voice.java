package io.pcmshare.server.patch;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.PcmFormat;

import java.util.List;

/**
 * What a client's frames are.
 *
 * @param format of a sample, one that is a number
 * @param positions the loudspeaker, or the microphone, of each channel
 * @param rate frames a second
 */
public record Voice(PcmFormat format, List<ChannelPosition> positions, int rate) {
    /** Copies the list; refuses frames without samples. */
    public Voice {
        positions = List.copyOf(positions);
        if (positions.isEmpty()) {
            throw new IllegalArgumentException("positions=" + positions);
        }
    }

    /** With the loudspeakers that so many channels usually have. */
    public static Voice of(PcmFormat format, int channels, int rate) {
        return new Voice(format, ChannelPosition.standard(channels), rate);
    }

    /** Samples in a frame. */
    public int channels() {
        return positions.size();
    }

    /** Whether its frames are like another's, whichever loudspeakers they are for. */
    boolean sameFrames(Voice other) {
        return other.fits(format, channels(), rate);
    }

    /** Whether frames are of this format, number of channels and rate. */
    boolean fits(PcmFormat otherFormat, int channels, int otherRate) {
        return format == otherFormat && channels() == channels && rate == otherRate;
    }
}
