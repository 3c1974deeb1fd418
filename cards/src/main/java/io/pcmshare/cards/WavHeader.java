package io.pcmshare.cards;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes before the samples of a WAV file that we write. Always as long, so that sizes can be
 * filled in later and a recording may grow past 4 GiB:
 *
 * <pre>
 *  0  RIFF | RIFX | RF64   size of all that follows
 *  8  WAVE
 * 12  JUNK | ds64   28     room for 64-bit sizes, used by RF64 only
 * 48  fmt           16|40  format; the long form for more than 2 channels or 16 bits
 *     data                 size of the samples
 * </pre>
 */
final class WavHeader {
    /** Samples of a file whose writer does not know yet how many there will be. */
    static final long UNKNOWN_SIZE = -1;

    private static final long MAX_SHORT_SIZE = 0xFFFF_FFFFL;
    private static final int LONG_SIZES = 28;
    private static final byte[] GUID_TAIL = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
    };

    private WavHeader() {}

    static int bytes(WavFormat format) {
        return 12 + 8 + LONG_SIZES + 8 + (isExtensible(format) ? 40 : 16) + 8;
    }

    private static boolean isExtensible(WavFormat format) {
        return format.channels() > 2 || format.format().physicalWidth() > 16;
    }

    /**
     * The header of a file with this many bytes of samples.
     *
     * @param sampleBytes or {@link #UNKNOWN_SIZE}: both sizes are then the largest number, by which
     *     readers know to read to the end
     */
    static ByteBuffer of(WavFormat format, long sampleBytes) {
        ByteBuffer header = ByteBuffer.allocateDirect(bytes(format)).order(format.order());
        boolean isKnown = sampleBytes != UNKNOWN_SIZE;
        long dataSize = isKnown ? sampleBytes : MAX_SHORT_SIZE;
        long riffSize = bytes(format) - 8 + dataSize + (dataSize & 1);
        boolean isLong = isKnown && riffSize > MAX_SHORT_SIZE;
        boolean bigEndian = format.order() == ByteOrder.BIG_ENDIAN;
        put(header, isLong ? "RF64" : bigEndian ? "RIFX" : "RIFF");
        header.putInt((int) Math.min(riffSize, MAX_SHORT_SIZE));
        put(header, "WAVE");
        put(header, isLong ? "ds64" : "JUNK");
        header.putInt(LONG_SIZES);
        header.putLong(isLong ? riffSize : 0);
        header.putLong(isLong ? sampleBytes : 0);
        header.putLong(isLong ? sampleBytes / format.frameBytes() : 0);
        header.putInt(0);
        putFormat(header, format);
        put(header, "data");
        header.putInt((int) Math.min(dataSize, MAX_SHORT_SIZE));
        return header.flip();
    }

    private static void putFormat(ByteBuffer header, WavFormat format) {
        boolean extensible = isExtensible(format);
        int bits = format.format().physicalWidth();
        put(header, "fmt ");
        header.putInt(extensible ? 40 : 16);
        header.putShort((short) (extensible ? WavFormat.TAG_EXTENSIBLE : format.tag()));
        header.putShort((short) format.channels());
        header.putInt(format.rate());
        header.putInt(format.rate() * format.frameBytes());
        header.putShort((short) format.frameBytes());
        header.putShort((short) bits);
        if (extensible) {
            header.putShort((short) 22);
            header.putShort((short) bits);
            header.putInt(channelMask(format.channels()));
            header.putShort((short) format.tag());
            header.put(GUID_TAIL);
        }
    }

    /** Front left, front right, centre, LFE … as far as the mask's 18 speakers go. */
    private static int channelMask(int channels) {
        return channels > 18 ? 0 : (1 << channels) - 1;
    }

    private static void put(ByteBuffer header, String four) {
        header.put(four.getBytes(StandardCharsets.ISO_8859_1));
    }
}
