package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;

import org.junit.jupiter.api.Test;

/** Frames and bytes, also where a frame is less than a byte. */
final class StreamParamsTest {
    @Test
    void bytesAreWholeFramesWhereTheSamplesAre() {
        StreamParams stereo = params(PcmFormat.S16_LE, 2);

        assertThat(stereo.isWholeFrames(400)).isTrue();
        assertThat(stereo.isWholeFrames(401)).isFalse();
        assertThat(stereo.frames(400)).isEqualTo(100);
    }

    @Test
    void twoFramesOfHalfAByteAreAByte() {
        StreamParams adpcm = params(PcmFormat.IMA_ADPCM, 1);

        assertThat(adpcm.isWholeFrames(1)).isTrue();
        assertThat(adpcm.frames(1)).isEqualTo(2);
    }

    private static StreamParams params(PcmFormat format, int channels) {
        return new StreamParams(
                PcmStream.PLAYBACK,
                PcmAccess.RW_INTERLEAVED,
                format,
                channels,
                8000,
                1000,
                8000,
                false);
    }
}
