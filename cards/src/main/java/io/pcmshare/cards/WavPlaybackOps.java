package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is played becomes a WAV file, in the stream's own format where WAV has it.
 *
 * <p>The file begins with the first parameters and goes on over xruns and restarts; parameters of
 * another format begin another file beside it, {@code NAME-2.wav}.
 */
final class WavPlaybackOps extends TimedOps {
    private final Path path;
    private int files;
    private @Nullable WavOutput output;
    private @Nullable IOException failure;

    WavPlaybackOps(CardModel model, Path path) {
        super(model);
        this.path = path;
    }

    @Override
    public int hwParams(StreamParams params) {
        PcmFormat stored =
                WavFormat.formats().contains(params.format())
                        ? params.format()
                        : WavOutput.storedAs(params.format());
        if (stored == null) {
            return Errno.EINVAL.negated();
        }
        WavFormat format = new WavFormat(stored, params.channels(), params.rate());
        try {
            WavOutput to = output;
            if (to == null || !to.format().equals(format)) {
                finish();
                to = new WavOutput(files == 0 ? path : beside(path, "-" + (files + 1)), format);
                output = to;
                files++;
            }
            to.from(params);
            return 0;
        } catch (ErrnoException e) {
            return e.errno() == null ? Errno.EIO.negated() : e.errno().negated();
        }
    }

    /** Writes the samples to the file, with the system calls of {@link WavOutput#write}. */
    @Override
    public void transfer(RingView ring, long offsetFrames, long frames) {
        WavOutput to = output;
        if (to != null) {
            to.write(ring, offsetFrames, frames);
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
            if (output != null) {
                output.close();
            }
        } catch (IOException e) {
            failure = e;
        } finally {
            output = null;
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
