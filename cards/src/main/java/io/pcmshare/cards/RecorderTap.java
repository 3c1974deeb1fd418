package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.mix.FrameConverter;
import io.pcmshare.mix.FrameConverter.Shape;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Writes what is heard of one stream to WAV files: one, and another when the stream goes on with
 * other parameters.
 *
 * <p>What goes wrong ends the recording and not the stream; {@link Recordings} tells it. Audio
 * path: one {@code pwrite} for at most {@value #BLOCK_FRAMES} frames that have to be converted, or
 * for all that need not.
 */
final class RecorderTap implements StreamTap {
    private static final int BLOCK_FRAMES = 2048;

    private final Recordings recordings;
    private final Supplier<Path> nextPath;
    private @Nullable WavRecorder recorder;
    private @Nullable FrameConverter converter;
    private @Nullable Arena arena;
    private MemorySegment converted = MemorySegment.NULL;

    RecorderTap(Recordings recordings, Supplier<Path> nextPath) {
        this.recordings = recordings;
        this.nextPath = nextPath;
    }

    @Override
    public void params(StreamParams params) {
        PcmFormat stored = storedAs(params.format());
        if (stored == null) {
            finish();
            recordings.failed(
                    new IOException(
                            "recording a stream of "
                                    + params.format()
                                    + ": no WAV file can hold it"));
            return;
        }
        WavFormat format = new WavFormat(stored, params.channels(), params.rate());
        if (recorder == null || !recorder.format().equals(format)) {
            finish();
            begin(format);
        }
        convertFrom(new Shape(params.format(), params.channels()), format);
    }

    private void begin(WavFormat format) {
        Path path = nextPath.get();
        try {
            recorder = new WavRecorder(path, format);
        } catch (ErrnoException e) {
            recordings.failed(
                    new IOException("recording to " + path + " failed: " + e.getMessage(), e));
        }
    }

    /** A format that holds every value of this one; {@code null} where WAV has none. */
    static @Nullable PcmFormat storedAs(PcmFormat format) {
        if (format.isFloat()) {
            return format.physicalWidth() == 32 ? PcmFormat.FLOAT_LE : PcmFormat.FLOAT64_LE;
        }
        if (format == PcmFormat.A_LAW || format == PcmFormat.MU_LAW) {
            return format;
        }
        if (!format.isLinear()) {
            return null;
        }
        return switch (format.width()) {
            case 8 -> PcmFormat.U8;
            case 16 -> PcmFormat.S16_LE;
            case 32 -> PcmFormat.S32_LE;
            default -> PcmFormat.S24_3LE;
        };
    }

    @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed by release()
    private void convertFrom(Shape from, WavFormat format) {
        release();
        Shape to = new Shape(format.format(), format.channels());
        if (recorder != null && !from.equals(to)) {
            converter = new FrameConverter(from, to);
            Arena own = Arena.ofShared();
            arena = own;
            converted = own.allocate((long) BLOCK_FRAMES * to.frameBytes(), Long.BYTES);
        }
    }

    @Override
    public void frames(RingView view, long offsetFrames, long frames) {
        WavRecorder to = recorder;
        if (to == null) {
            return;
        }
        StreamParams params = view.params();
        FrameConverter by = converter;
        if (by == null) {
            to.write(view.memory(), params.bytes(offsetFrames), params.bytes(frames));
            return;
        }
        for (long done = 0; done < frames; ) {
            long piece = Math.min(BLOCK_FRAMES, frames - done);
            by.convert(view.memory(), params.bytes(offsetFrames + done), converted, 0, piece);
            to.write(converted, 0, piece * to.format().frameBytes());
            done += piece;
        }
    }

    @Override
    public void closed() {
        finish();
        recordings.closed(this);
    }

    /** Finishes the file; once, whether the stream or the card is closed first. */
    void finish() {
        synchronized (recordings) {
            release();
            try {
                if (recorder != null) {
                    recorder.close();
                }
            } catch (IOException e) {
                recordings.failed(e);
            } finally {
                recorder = null;
            }
        }
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
