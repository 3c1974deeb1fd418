package io.pcmshare.cards;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.pcmshare.abi.PcmFormat;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Finds format and samples in the bytes of a file that may be anything. */
final class WavParser {
    /** Size of a chunk whose writer did not know it, and of every large chunk of an RF64 file. */
    private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;

    /**
     * From here on a size that is not there is one that was not known: arecord, sox into a pipe.
     */
    private static final long ENDLESS_SIZE = 0x7F00_0000L;

    private static final int CHUNK_HEADER = 8;
    private static final int RIFF_HEADER = 12;
    private static final int FORMAT_SHORT = 16;
    private static final int FORMAT_EXTENSIBLE = 40;

    private final Path path;
    private final MemorySegment file;
    private ByteOrder order = LITTLE_ENDIAN;
    private long longDataSize = -1;
    private @Nullable WavFormat format;
    private @Nullable MemorySegment samples;

    WavParser(Path path, MemorySegment file) {
        this.path = path;
        this.file = file;
    }

    WavFormat format() throws WavFormatException {
        WavFormat found = format;
        if (found == null) {
            throw refuse("has no format chunk");
        }
        return found;
    }

    MemorySegment samples() throws WavFormatException {
        MemorySegment found = samples;
        if (found == null) {
            throw refuse("has no samples (no data chunk)");
        }
        return found;
    }

    void parse() throws WavFormatException {
        if (file.byteSize() < RIFF_HEADER || !"WAVE".equals(text(8))) {
            throw refuse("is not a WAV file");
        }
        order =
                switch (text(0)) {
                    case "RIFF", "RF64" -> LITTLE_ENDIAN;
                    case "RIFX" -> BIG_ENDIAN;
                    default -> throw refuse("is not a WAV file");
                };
        long at = RIFF_HEADER;
        while (samples == null && at + CHUNK_HEADER <= file.byteSize()) {
            long size = unsigned(at + 4);
            long body = at + CHUNK_HEADER;
            switch (text(at)) {
                case "ds64" -> parseLongSizes(body, size);
                case "fmt " -> format = parseFormat(body, size);
                case "data" -> parseData(body, size);
                default -> {
                    // a chunk about something else: passed over
                }
            }
            at = body + size + (size & 1);
        }
        format();
        samples();
    }

    private void parseLongSizes(long body, long size) throws WavFormatException {
        if (size < 16 || body + 16 > file.byteSize()) {
            throw refuse("is truncated (64-bit sizes)");
        }
        longDataSize = file.get(JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN), body + 8);
        if (longDataSize < 0) {
            throw refuse("has a data chunk of negative size");
        }
    }

    private WavFormat parseFormat(long body, long size) throws WavFormatException {
        if (size < FORMAT_SHORT || body + size > file.byteSize()) {
            throw refuse("is truncated (format chunk)");
        }
        int tag = shortAt(body);
        int channels = shortAt(body + 2);
        long rate = unsigned(body + 4);
        int blockAlign = shortAt(body + 12);
        int bits = shortAt(body + 14);
        if (channels == 0 || rate == 0 || rate > Integer.MAX_VALUE) {
            throw refuse("has a format chunk of channels=" + channels + ", rate=" + rate);
        }
        boolean extensible = tag == WavFormat.TAG_EXTENSIBLE && size >= FORMAT_EXTENSIBLE;
        if (extensible) {
            tag = shortAt(body + 24);
        }
        if (!WavFormat.isPcm(tag)) {
            // first of all: what is compressed has frames of any size
            throw refuse(
                    "holds samples of a kind that is not PCM (format tag %d, %d bits)"
                            .formatted(tag, bits));
        }
        if (blockAlign == 0 || blockAlign % channels != 0) {
            throw refuse(
                    "has frames of "
                            + blockAlign
                            + " bytes, which are not "
                            + channels
                            + " samples");
        }
        int containerBits = blockAlign / channels * Byte.SIZE;
        PcmFormat sampleFormat =
                WavFormat.sampleFormat(
                        tag, extensible ? containerBits : bits, containerBits, order);
        if (sampleFormat == null || (extensible && bits != containerBits)) {
            throw refuse(
                    "holds samples of a kind that we cannot read (format tag %d, %d bits in %d)"
                            .formatted(tag, bits, containerBits));
        }
        return new WavFormat(sampleFormat, channels, (int) rate);
    }

    private void parseData(long body, long size) throws WavFormatException {
        long there = file.byteSize() - body;
        long bytes = size;
        if (size == UNKNOWN_SIZE && longDataSize >= 0) {
            bytes = longDataSize;
        } else if (isUnknown(size, there)) {
            bytes = there;
        }
        if (bytes > there) {
            throw refuse(
                    "is truncated: it says "
                            + bytes
                            + " bytes of samples, but only "
                            + there
                            + " are there");
        }
        int frameBytes = format().frameBytes();
        samples = file.asSlice(body, bytes - bytes % frameBytes);
    }

    /** Whether a program wrote the header that could not go back to fill in the size. */
    private boolean isUnknown(long size, long there) {
        long riffSize = unsigned(4);
        boolean neither = size == 0 && (riffSize == 0 || riffSize == UNKNOWN_SIZE);
        return size == UNKNOWN_SIZE || neither || (size > there && size >= ENDLESS_SIZE);
    }

    private String text(long at) {
        byte[] four = file.asSlice(at, 4).toArray(ValueLayout.JAVA_BYTE);
        return new String(four, StandardCharsets.ISO_8859_1);
    }

    private long unsigned(long at) {
        return Integer.toUnsignedLong(file.get(JAVA_INT_UNALIGNED.withOrder(order), at));
    }

    private int shortAt(long at) {
        return Short.toUnsignedInt(file.get(JAVA_SHORT_UNALIGNED.withOrder(order), at));
    }

    private WavFormatException refuse(String why) {
        return new WavFormatException(path + " " + why + ".");
    }
}
