package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmFormat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A sine that rises and falls softly, so that any rate holds it; encoded here independently of what
 * is tested.
 */
record Tone(
        PcmFormat format, int channels, int rate, double hertz, double amplitude, double seconds) {
    /** Its value at a time, full scale at 1. */
    double at(double second) {
        if (second < 0 || second > seconds) {
            return 0;
        }
        double window = Math.sin(Math.PI * second / seconds);
        return amplitude * window * window * Math.sin(2 * Math.PI * hertz * second);
    }

    int frames() {
        return (int) Math.round(seconds * rate);
    }

    /** What a sample of its format is, as a number; the value itself where that is fine enough. */
    double heardAt(double second) {
        double exact = at(second);
        return switch (format) {
            case U8 -> Math.rint(exact * 128) / 128;
            case S16_LE, S16_BE -> Math.rint(exact * 32768) / 32768;
            default -> exact;
        };
    }

    /** Its frames, the same in the first channel or, of at most two, in all. */
    byte[] samples() {
        int bytes = format.physicalWidth() / 8;
        ByteBuffer buffer = ByteBuffer.allocate(frames() * channels * bytes);
        boolean big = format == PcmFormat.S16_BE;
        buffer.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < frames(); frame++) {
            double value = at((double) frame / rate);
            for (int channel = 0; channel < channels; channel++) {
                put(buffer, channels > 2 && channel > 0 ? 0 : value);
            }
        }
        return buffer.array();
    }

    private void put(ByteBuffer to, double value) {
        switch (format) {
            case U8 -> to.put((byte) (128 + (int) Math.rint(value * 128)));
            case S16_LE, S16_BE -> to.putShort((short) Math.rint(value * 32768));
            case S24_3LE -> {
                int sample = (int) Math.rint(value * (1 << 23));
                to.put((byte) sample).put((byte) (sample >> 8)).put((byte) (sample >> 16));
            }
            case S32_LE -> to.putInt((int) Math.rint(value * (1L << 31)));
            case FLOAT_LE -> to.putFloat((float) value);
            case FLOAT64_LE -> to.putDouble(value);
            default -> throw new IllegalArgumentException("format=" + format);
        }
    }
}
