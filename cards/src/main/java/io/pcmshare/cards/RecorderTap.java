package io.pcmshare.cards;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Writes what is heard of one stream to WAV files: one, and another when the stream goes on with
 * other parameters.
 *
 * <p>What goes wrong ends the recording and not the stream; {@link Recordings} tells it. Audio
 * path: the system calls of {@link WavOutput#write}.
 */
final class RecorderTap implements StreamTap {
    private final Recordings recordings;
    private final Supplier<Path> nextPath;
    private @Nullable WavOutput output;

    RecorderTap(Recordings recordings, Supplier<Path> nextPath) {
        this.recordings = recordings;
        this.nextPath = nextPath;
    }

    @Override
    public void params(StreamParams params) {
        PcmFormat stored = WavOutput.storedAs(params.format());
        if (stored == null) {
            finish();
            recordings.failed(
                    new IOException(
                            "recording a stream of "
                                    + params.format()
                                    + " failed: no WAV file can hold it"));
            return;
        }
        WavFormat format = new WavFormat(stored, params.channels(), params.rate());
        if (output == null || !output.format().equals(format)) {
            finish();
            begin(format);
        }
        if (output != null) {
            output.from(params);
        }
    }

    private void begin(WavFormat format) {
        Path path = nextPath.get();
        try {
            output = new WavOutput(path, format);
        } catch (ErrnoException e) {
            recordings.failed(
                    new IOException("recording to " + path + " failed: " + e.getMessage(), e));
        }
    }

    @Override
    public void frames(RingView view, long offsetFrames, long frames) {
        WavOutput to = output;
        if (to != null) {
            to.write(view, offsetFrames, frames);
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
            try {
                if (output != null) {
                    output.close();
                }
            } catch (IOException e) {
                recordings.failed(e);
            } finally {
                output = null;
            }
        }
    }
}
