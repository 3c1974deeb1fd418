package io.pcmshare.server.patch;

import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.StreamParams;

import org.jspecify.annotations.Nullable;

/**
 * A stream of a client. Owns the client's open file, but that of a guest: a program that does not
 * know us, whose file is whoever's serves it. A guest chooses parameters by itself, and may close
 * the file at any time.
 *
 * <p>Threads: control; the file says for itself.
 */
public final class BayStream implements AutoCloseable {
    private final long number;
    private final StreamWish wish;
    private final PcmFile file;
    private final @Nullable PlayOps player;
    private final @Nullable RecordOps recorder;
    private final Runnable onClose;
    private final boolean isGuest;
    private volatile BayDevice device;
    private boolean closed;

    BayStream(
            long number,
            StreamWish wish,
            BayDevice device,
            PcmFile file,
            @Nullable PlayOps player,
            @Nullable RecordOps recorder,
            boolean isGuest,
            Runnable onClose) {
        this.isGuest = isGuest;
        this.number = number;
        this.wish = wish;
        this.device = device;
        this.file = file;
        this.player = player;
        this.recorder = recorder;
        this.onClose = onClose;
    }

    /** Counts from 1; never used again. */
    public long number() {
        return number;
    }

    /** What was asked for; of a guest nothing but the kind is. */
    public StreamWish wish() {
        return wish;
    }

    /** What its frames are now; {@code null} for a guest that has not chosen. */
    @Nullable Voice voice() {
        if (!isGuest) {
            return wish.voice();
        }
        StreamParams params = file.paramsIfAny();
        return params == null ? null : Voice.of(params.format(), params.channels(), params.rate());
    }

    /** Whether it is that of a program that does not know us. */
    public boolean isGuest() {
        return isGuest;
    }

    /** The client's open file; still this object's, or a guest's. */
    public PcmFile file() {
        return file;
    }

    /** Where it plays to, or records from. */
    public BayDevice device() {
        BayDevice chosen =
                player != null ? player.home() : recorder != null ? recorder.home() : null;
        return isGuest && chosen != null ? chosen : device;
    }

    void device(BayDevice newDevice) {
        device = newDevice;
        if (isGuest && player != null) {
            player.home(newDevice);
        } else if (isGuest && recorder != null) {
            recorder.home(newDevice);
        }
    }

    @Nullable PlayOps player() {
        return player;
    }

    @Nullable RecordOps recorder() {
        return recorder;
    }

    /** Its volume; {@code null} where the device is its own. */
    public @Nullable Fader fader() {
        PlayOps playing = player;
        RecordOps recording = recorder;
        return playing != null ? playing.fader() : recording != null ? recording.fader() : null;
    }

    /** How loud it is; {@code null} where nobody can tell. */
    @Nullable Meter meter() {
        PlayOps playing = player;
        RecordOps recording = recorder;
        if (playing != null) {
            PlayRoute route = playing.route();
            return route == null ? null : route.meter();
        }
        RecordRoute route = recording == null ? null : recording.route();
        return route == null ? null : route.meter();
    }

    /** The loudest sample of late, full scale at 1; 0 where nobody can tell. */
    public double peak() {
        Meter by = meter();
        return by == null ? 0 : by.peak();
    }

    /** Root of the mean square of late; 0 where nobody can tell. */
    public double rms() {
        Meter by = meter();
        return by == null ? 0 : by.rms();
    }

    /** Ends it as if its device were gone: from the next look on nothing of it is heard. */
    public void end() {
        if (player != null) {
            player.end();
        } else if (recorder != null) {
            recorder.end();
        }
    }

    /** Closes the file, and what only it has used. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!isGuest) {
                file.close();
            }
            onClose.run();
        }
    }
}
