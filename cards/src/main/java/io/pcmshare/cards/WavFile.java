package io.pcmshare.cards;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A WAV file to be read: what its samples are, and where in memory.
 *
 * <p>Plain, extensible, 64-bit ({@code RF64}) and big-endian ({@code RIFX}) files. The file is
 * mapped, so it may be longer than memory, and reading it makes no system call. Owns the mapping.
 */
public final class WavFile implements AutoCloseable {
    private final Arena arena;
    private final WavFormat format;
    private final MemorySegment samples;

    private WavFile(Arena arena, WavFormat format, MemorySegment samples) {
        this.arena = arena;
        this.format = format;
        this.samples = samples;
    }

    /**
     * Opens and checks a file.
     *
     * @throws WavFormatException with one sentence on what is wrong with it
     * @throws IOException where it cannot be read at all
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed by close()
    public static WavFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            WavParser parser = new WavParser(path, file);
            parser.parse();
            return new WavFile(arena, parser.format(), parser.samples());
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** What the samples are. */
    public WavFormat format() {
        return format;
    }

    /** The samples, whole frames, interleaved. */
    public MemorySegment samples() {
        return samples;
    }

    /** How many frames there are. */
    public long frames() {
        return samples.byteSize() / format.frameBytes();
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
