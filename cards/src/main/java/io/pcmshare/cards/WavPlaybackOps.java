package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is played becomes a WAV file.
 *
 * <p>The file begins with the first parameters and goes on over xruns and restarts; parameters of
 * another format begin another file beside it, {@code NAME-2.wav}.
 */
final class WavPlaybackOps extends TimedOps {
    private final Path path;
    private int files;
    private @Nullable WavRecorder recorder;
    private @Nullable IOException failure;

    WavPlaybackOps(CardModel model, Path path) {
        super(model);
        this.path = path;
    }

    @Override
    public int hwParams(StreamParams params) {
        WavFormat format = new WavFormat(params.format(), params.channels(), params.rate());
        if (recorder != null && recorder.format().equals(format)) {
            return 0;
        }
        finish();
        try {
            recorder = new WavRecorder(files == 0 ? path : beside(path, "-" + (files + 1)), format);
            files++;
            return 0;
        } catch (ErrnoException e) {
            return e.errno() == null ? Errno.EIO.negated() : e.errno().negated();
        }
    }

    /** Writes the samples to the file: one {@code pwrite}, straight out of the ring. */
    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        WavRecorder open = recorder;
        if (open != null) {
            StreamParams params = ring.params();
            open.write(ring.memory(), params.bytes(offsetFrames), params.bytes(frames));
        }
    }

    /** Finishes the file; throws what went wrong with it. */
    void finishFile() throws IOException {
        finish();
        IOException told = failure;
        failure = null;
        if (told != null) {
            throw told;
        }
    }

    private void finish() {
        try {
            if (recorder != null) {
                recorder.close();
            }
        } catch (IOException e) {
            failure = e;
        } finally {
            recorder = null;
        }
    }

    /** {@code NAME.wav} made {@code NAME} and {@code more} and {@code .wav}. */
    static Path beside(Path path, String more) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        return path.resolveSibling(stem + more + ending);
    }
}
