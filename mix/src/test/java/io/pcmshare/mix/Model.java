package io.pcmshare.mix;

import io.pcmshare.abi.PcmFormat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Samples one at a time and bit by bit, slow and simple. */
final class Model {
    private Model() {}

    static List<PcmFormat> numbers() {
        return Arrays.stream(PcmFormat.values()).filter(Samples::areNumbers).toList();
    }

    static List<PcmFormat> linear() {
        return Arrays.stream(PcmFormat.values()).filter(PcmFormat::isLinear).toList();
    }

    static ByteOrder order(PcmFormat format) {
        return format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** An integer sample as a signed number. */
    static long read(byte[] memory, int index, PcmFormat format) {
        int bytes = format.physicalWidth() / 8;
        long raw = 0;
        for (int i = 0; i < bytes; i++) {
            int at = index * bytes + (format.isBigEndian() ? i : bytes - 1 - i);
            raw = raw * 256 + (memory[at] & 0xff);
        }
        long range = 1L << format.width();
        long value = raw % range;
        if (format.isUnsigned()) {
            return value - range / 2;
        }
        return value >= range / 2 ? value - range : value;
    }

    static double readFloat(byte[] memory, int index, PcmFormat format) {
        ByteBuffer buffer = ByteBuffer.wrap(memory).order(order(format));
        return format.physicalWidth() == 32
                ? buffer.getFloat(4 * index)
                : buffer.getDouble(8 * index);
    }

    static long max(PcmFormat format) {
        return (1L << (format.width() - 1)) - 1;
    }

    /** {@code value * numerator / denominator}, rounded half away from zero, cut to the format. */
    static long scaled(long value, long numerator, long denominator, PcmFormat format) {
        long rounded =
                BigDecimal.valueOf(value)
                        .multiply(BigDecimal.valueOf(numerator))
                        .divide(BigDecimal.valueOf(denominator), 0, RoundingMode.HALF_UP)
                        .longValueExact();
        return Math.clamp(rounded, -max(format) - 1, max(format));
    }

    /** Bytes of samples; of floats, numbers within ±2. */
    static byte[] noise(SplittableRandom random, PcmFormat format, int samples) {
        byte[] bytes = new byte[samples * format.physicalWidth() / 8];
        random.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order(format));
        for (int i = 0; format.isFloat() && i < samples; i++) {
            double value = random.nextDouble(-2, 2);
            if (format.physicalWidth() == 32) {
                buffer.putFloat(4 * i, (float) value);
            } else {
                buffer.putDouble(8 * i, value);
            }
        }
        return bytes;
    }
}
