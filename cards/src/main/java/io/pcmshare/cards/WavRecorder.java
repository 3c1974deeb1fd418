package io.pcmshare.cards;

import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Writes a WAV file as samples come. Owns the file's descriptor.
 *
 * <p>The header says from the beginning that the size is unknown, so that the file of a process
 * that was killed can still be read; {@link #close} fills the sizes in. A write that fails (a full
 * disk) ends the recording, not the stream; {@link #close} reports it.
 */
public final class WavRecorder implements AutoCloseable {
    private static final int MODE = 0666;

    private final Path path;
    private final WavFormat format;
    private final Fd file;
    private final int headerBytes;
    private long sampleBytes;
    private @Nullable ErrnoException failure;

    /**
     * Creates the file, or empties it.
     *
     * @throws ErrnoException where it cannot be written
     */
    public WavRecorder(Path path, WavFormat format) throws ErrnoException {
        this.path = path;
        this.format = format;
        this.headerBytes = WavHeader.bytes(format);
        this.file = Fd.open(path, Fd.O_RDWR | Fd.O_CREAT | Fd.O_TRUNC | Fd.O_CLOEXEC, MODE);
        try {
            writeHeader(WavHeader.UNKNOWN_SIZE);
        } catch (ErrnoException e) {
            file.close();
            throw e;
        }
    }

    /** What the samples are. */
    public WavFormat format() {
        return format;
    }

    /** Appends samples. Audio path: one {@code pwrite}; allocates nothing unless it fails. */
    public void write(MemorySegment samples, long offset, long bytes) {
        if (failure != null) {
            return;
        }
        try {
            file.pwrite(samples, offset, bytes, headerBytes + sampleBytes);
            sampleBytes += bytes;
        } catch (ErrnoException e) {
            failure = e;
        }
    }

    /** Whether a write has failed: nothing more is written. */
    public boolean hasFailed() {
        return failure != null;
    }

    /** Fills in the sizes; throws what went wrong since the beginning. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!file.isOpen()) {
            return;
        }
        try (file) {
            if ((sampleBytes & 1) != 0) {
                MemorySegment pad = MemorySegment.ofBuffer(java.nio.ByteBuffer.allocateDirect(1));
                file.pwrite(pad, 0, 1, headerBytes + sampleBytes);
            }
            writeHeader(sampleBytes);
        }
        if (failure != null) {
            throw new IOException(
                    "recording to " + path + " failed: " + failure.getMessage(), failure);
        }
    }

    private void writeHeader(long bytes) throws ErrnoException {
        MemorySegment header = MemorySegment.ofBuffer(WavHeader.of(format, bytes));
        file.pwrite(header, 0, header.byteSize(), 0);
    }
}
