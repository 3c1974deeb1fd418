package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;

import org.jspecify.annotations.Nullable;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What a WAV file's format chunk says. Source: RIFF/WAVE, Microsoft's {@code WAVEFORMATEX} and
 * {@code WAVEFORMATEXTENSIBLE}; big-endian samples stand in a {@code RIFX} file.
 *
 * @param format sample format
 * @param channels samples in a frame
 * @param rate frames a second
 */
public record WavFormat(PcmFormat format, int channels, int rate) {
    static final int TAG_PCM = 1;
    static final int TAG_FLOAT = 3;
    static final int TAG_ALAW = 6;
    static final int TAG_MULAW = 7;
    static final int TAG_EXTENSIBLE = 0xFFFE;

    /** Refuses what no file can say. */
    public WavFormat {
        if (channels <= 0 || channels > 0xFFFF || rate <= 0) {
            throw new IllegalArgumentException("channels=" + channels + ", rate=" + rate);
        }
        if (Encoding.of(format) == null) {
            throw new IllegalArgumentException("format=" + format + " does not exist in WAV");
        }
    }

    /** Every sample format that we write to a WAV file as it is. */
    public static List<PcmFormat> formats() {
        return Arrays.stream(Encoding.values())
                .filter(e -> e.bits == e.format.physicalWidth())
                .map(e -> e.format)
                .toList();
    }

    /** Bytes of one frame. */
    public int frameBytes() {
        return format.physicalWidth() / 8 * channels;
    }

    int tag() {
        return encoding().tag;
    }

    ByteOrder order() {
        return encoding().order;
    }

    private Encoding encoding() {
        Encoding encoding = Encoding.of(format);
        if (encoding == null) {
            throw new IllegalStateException("format=" + format);
        }
        return encoding;
    }

    /** Whether samples of a tag stand one by one: integers, floats, A-law, µ-law. */
    static boolean isPcm(int tag) {
        return Arrays.stream(Encoding.values()).anyMatch(e -> e.tag == tag);
    }

    /**
     * The sample format of what a format chunk says; {@code null} where we know none.
     *
     * @param tag what a sample is
     * @param bits of a sample
     * @param containerBits of the memory that it takes
     */
    static @Nullable PcmFormat sampleFormat(int tag, int bits, int containerBits, ByteOrder order) {
        for (Encoding encoding : Encoding.values()) {
            boolean anyOrder = containerBits == 8;
            if (encoding.tag == tag
                    && encoding.bits == bits
                    && encoding.format.physicalWidth() == containerBits
                    && (anyOrder || encoding.order == order)) {
                return encoding.format;
            }
        }
        // fewer bits than the memory has stand at its upper end, so that it is read whole
        boolean isWider = tag == TAG_PCM && bits > 8 && bits < containerBits;
        return isWider ? sampleFormat(tag, containerBits, containerBits, order) : null;
    }

    private enum Encoding {
        U8(TAG_PCM, PcmFormat.U8, ByteOrder.LITTLE_ENDIAN),
        S16(TAG_PCM, PcmFormat.S16_LE, ByteOrder.LITTLE_ENDIAN),
        S24(TAG_PCM, PcmFormat.S24_3LE, ByteOrder.LITTLE_ENDIAN),
        S32(TAG_PCM, PcmFormat.S32_LE, ByteOrder.LITTLE_ENDIAN),
        /** As arecord writes and aplay reads it: 24 bits at the lower end of four bytes. */
        S24_IN_4(TAG_PCM, 24, PcmFormat.S24_LE, ByteOrder.LITTLE_ENDIAN),
        FLOAT(TAG_FLOAT, PcmFormat.FLOAT_LE, ByteOrder.LITTLE_ENDIAN),
        FLOAT64(TAG_FLOAT, PcmFormat.FLOAT64_LE, ByteOrder.LITTLE_ENDIAN),
        ALAW(TAG_ALAW, PcmFormat.A_LAW, ByteOrder.LITTLE_ENDIAN),
        MULAW(TAG_MULAW, PcmFormat.MU_LAW, ByteOrder.LITTLE_ENDIAN),
        S16_BE(TAG_PCM, PcmFormat.S16_BE, ByteOrder.BIG_ENDIAN),
        S24_BE(TAG_PCM, PcmFormat.S24_3BE, ByteOrder.BIG_ENDIAN),
        S32_BE(TAG_PCM, PcmFormat.S32_BE, ByteOrder.BIG_ENDIAN),
        FLOAT_BE(TAG_FLOAT, PcmFormat.FLOAT_BE, ByteOrder.BIG_ENDIAN),
        FLOAT64_BE(TAG_FLOAT, PcmFormat.FLOAT64_BE, ByteOrder.BIG_ENDIAN);

        private final int tag;
        private final int bits;
        private final PcmFormat format;
        private final ByteOrder order;

        Encoding(int tag, PcmFormat format, ByteOrder order) {
            this(tag, format.physicalWidth(), format, order);
        }

        Encoding(int tag, int bits, PcmFormat format, ByteOrder order) {
            this.tag = tag;
            this.bits = bits;
            this.format = format;
            this.order = order;
        }

        static @Nullable Encoding of(PcmFormat format) {
            for (Encoding encoding : values()) {
                if (encoding.format == format) {
                    return encoding;
                }
            }
            return null;
        }
    }
}
