package io.pcmshare.cards;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.Substream;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code record=DIR}: each playback stream that is opened becomes a WAV file of its own, {@code
 * card0-pcm0p-sub0-1.wav}, the last number counting the streams of that substream; a file of an
 * earlier run is overwritten.
 *
 * <p>Owns the files of streams that are still open. Threads: under the card's lock; {@link #close}
 * by any, after the card was disconnected, so that nothing is written any more.
 */
final class Recordings implements TapFactory, Closeable {
    private final Path folder;
    private final Map<Substream, Integer> counts = new HashMap<>();
    private final List<RecorderTap> open = new ArrayList<>();
    private @Nullable IOException failure;

    /**
     * Makes the folder where there is none.
     *
     * @throws IOException where that cannot be
     */
    Recordings(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public synchronized @Nullable StreamTap opened(Substream stream) {
        if (stream.stream() == PcmStream.CAPTURE) {
            return null;
        }
        RecorderTap tap = new RecorderTap(this, () -> next(stream));
        open.add(tap);
        return tap;
    }

    private Path next(Substream stream) {
        int count = counts.merge(stream, 1, Integer::sum);
        return folder.resolve(
                "card%d-pcm%dp-sub%d-%d.wav"
                        .formatted(
                                stream.card().number(),
                                stream.device().number(),
                                stream.number(),
                                count));
    }

    synchronized void closed(RecorderTap tap) {
        open.remove(tap);
    }

    /** Keeps the first failure, and the others with it, until somebody asks. */
    synchronized void failed(IOException newFailure) {
        if (failure == null) {
            failure = newFailure;
        } else {
            failure.addSuppressed(newFailure);
        }
    }

    /** Finishes what is still open; throws what went wrong since the beginning. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        List.copyOf(open).forEach(RecorderTap::finish);
        open.clear();
        IOException told = failure;
        failure = null;
        if (told != null) {
            throw told;
        }
    }
}
