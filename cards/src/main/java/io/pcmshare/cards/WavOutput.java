package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.mix.Samples;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Frames of a stream on their way into a WAV file, which holds another format where it cannot hold
 * the stream's own. Owns the file.
 */
final class WavOutput implements Closeable {
    private static final int BLOCK_FRAMES = 2048;

    private final WavRecorder recorder;
    private @Nullable FrameConverter converter;
    private @Nullable Arena arena;
    private MemorySegment converted = MemorySegment.NULL;

    WavOutput(Path path, WavFormat format) throws ErrnoException {
        this.recorder = new WavRecorder(path, format);
    }

    /**
     * A little-endian format that holds every value of this one; {@code null} where WAV has none.
     */
    static @Nullable PcmFormat storedAs(PcmFormat format) {
        if (!Samples.areNumbers(format)) {
            return null;
        }
        if (format.isFloat()) {
            return format.physicalWidth() == 32 ? PcmFormat.FLOAT_LE : PcmFormat.FLOAT64_LE;
        }
        if (!format.isLinear()) {
            return format;
        }
        return switch (format.width()) {
            case 8 -> PcmFormat.U8;
            case 16 -> PcmFormat.S16_LE;
            case 32 -> PcmFormat.S32_LE;
            default -> PcmFormat.S24_3LE;
        };
    }

    WavFormat format() {
        return recorder.format();
    }

    /** What comes from now on: as many channels as the file has, at its rate, in any format. */
    @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed by release()
    void from(StreamParams params) {
        release();
        Shape from = new Shape(params.format(), params.channels());
        Shape to = new Shape(format().format(), format().channels());
        if (!from.equals(to)) {
            Arena own = Arena.ofShared();
            arena = own;
            converter = new FrameConverter(from, to);
            converted = own.allocate((long) BLOCK_FRAMES * to.frameBytes(), Long.BYTES);
        }
    }

    /**
     * Appends frames. Audio path: one {@code pwrite}, straight out of the ring; where they have to
     * be converted one for each {@value #BLOCK_FRAMES}. Allocates nothing.
     */
    void write(RingView view, long offsetFrames, long frames) {
        StreamParams params = view.params();
        FrameConverter by = converter;
        if (by == null) {
            recorder.write(view.memory(), params.bytes(offsetFrames), params.bytes(frames));
            return;
        }
        for (long done = 0; done < frames; ) {
            long piece = Math.min(BLOCK_FRAMES, frames - done);
            by.convert(view.memory(), params.bytes(offsetFrames + done), converted, 0, piece);
            recorder.write(converted, 0, piece * format().frameBytes());
            done += piece;
        }
    }

    /** Finishes the file; throws what went wrong since the beginning. Idempotent. */
    @Override
    public void close() throws IOException {
        release();
        recorder.close();
    }

    private void release() {
        converter = null;
        converted = MemorySegment.NULL;
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }
}
