package io.pcmshare.core.pcm;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.pcmshare.abi.PcmFormat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes the samples that are not heard. Kernel: snd_pcm_format_set_silence(). */
public final class Silence {
    private static final ValueLayout.OfLong PATTERN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private Silence() {}

    /** Fills bytes with silence of a format. Allocates nothing. */
    public static void fill(MemorySegment memory, long offset, long bytes, PcmFormat format) {
        long pattern = format.silence();
        int period = repeatBytes(format);
        long i = 0;
        if (period == 8) {
            for (; i + 8 <= bytes; i += 8) {
                memory.set(PATTERN, offset + i, pattern);
            }
        }
        for (; i < bytes; i++) {
            int shift = (int) (i % period) * 8;
            memory.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (pattern >>> shift));
        }
    }

    /** Whether bytes are silence of a format; {@code offset} begins a sample. */
    public static boolean isSilent(
            MemorySegment memory, long offset, long bytes, PcmFormat format) {
        long pattern = format.silence();
        int period = repeatBytes(format);
        for (long i = 0; i < bytes; i++) {
            int shift = (int) (i % period) * 8;
            if (memory.get(ValueLayout.JAVA_BYTE, offset + i) != (byte) (pattern >>> shift)) {
                return false;
            }
        }
        return true;
    }

    /** Three-byte samples repeat every 3 bytes of the pattern, all others every 8. */
    private static int repeatBytes(PcmFormat format) {
        return format.physicalWidth() == 24 ? 3 : 8;
    }
}
