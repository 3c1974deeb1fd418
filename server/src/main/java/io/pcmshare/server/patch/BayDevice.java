package io.pcmshare.server.patch;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.CardOutlet;
import io.pcmshare.cards.CardSpecException;
import io.pcmshare.cards.MixFormat;
import io.pcmshare.cards.MixInput;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.StreamParams;

import org.jspecify.annotations.Nullable;

import java.util.function.LongConsumer;

/**
 * A direction of a device of a card, as clients of a bay use it. What it plays or records is opened
 * with its first user and closed behind its last.
 *
 * <p>Threads: any; inside of its lock the device's card's is taken, and outside of it at most the
 * bay's.
 */
public final class BayDevice {
    private final SoundCard card;
    private final PcmDevice device;
    private final PcmStream stream;
    private final DeviceWish wish;
    private final LongConsumer queueProbe;
    private final String name;
    private @Nullable Sink sink;
    private @Nullable MonitorSource monitor;
    private @Nullable DeviceSource source;
    private int exclusiveUsers;
    private long xrunsBefore;
    private volatile boolean isGone;

    BayDevice(
            SoundCard card,
            PcmDevice device,
            PcmStream stream,
            DeviceWish wish,
            LongConsumer queueProbe) {
        this.queueProbe = queueProbe;
        this.card = card;
        this.device = device;
        this.stream = stream;
        this.wish = wish;
        this.name = nameOf(card.card().number(), device.number(), stream);
    }

    /** {@code CARD,DEVICE:DIRECTION}. */
    public static String nameOf(int card, int device, PcmStream stream) {
        String direction = stream == PcmStream.CAPTURE ? "capture" : "playback";
        return card + "," + device + ":" + direction;
    }

    /** {@code CARD,DEVICE:DIRECTION}. */
    public String name() {
        return name;
    }

    /** Its card. */
    public SoundCard card() {
        return card;
    }

    /** The device. */
    public PcmDevice device() {
        return device;
    }

    /** Its direction. */
    public PcmStream stream() {
        return stream;
    }

    /** How it is to be used. */
    public DeviceWish wish() {
        return wish;
    }

    /** Whether it is gone, with its card. */
    public boolean isGone() {
        return isGone;
    }

    void gone() {
        isGone = true;
    }

    /** Whether somebody has it for himself. */
    public synchronized boolean isExclusive() {
        return exclusiveUsers > 0;
    }

    /** Whether it plays a mix, or records for many. */
    public synchronized boolean isShared() {
        return sink != null || source != null;
    }

    /**
     * The way of a client's frames to it.
     *
     * @return the caller's to release
     * @throws PcmOpenException {@code ENODEV} where it is gone, {@code EBUSY} where somebody has it
     *     for himself, {@code EPERM} where nothing is mixed for it, and what opening answered
     */
    synchronized PlayRoute playRoute(Voice voice) throws PcmOpenException {
        return new PlayRoute(voice, openSink());
    }

    /** The way of its frames to a client; throws as {@link #playRoute}. */
    synchronized RecordRoute recordRoute(Voice voice) throws PcmOpenException {
        if (stream == PcmStream.CAPTURE) {
            return new RecordRoute(voice, openSource());
        }
        MonitorSource listening = monitor;
        if (listening == null) {
            listening = new MonitorSource(openSink());
            monitor = listening;
        }
        return new RecordRoute(voice, listening);
    }

    private Sink openSink() throws PcmOpenException {
        Sink open = sink;
        if (open == null) {
            requireShareable(PcmStream.PLAYBACK);
            CardOutlet outlet = CardOutlet.open(device, format(), wish.longestPeriod());
            open = new Sink(outlet, queueProbe);
            sink = open;
        }
        return open;
    }

    private DeviceSource openSource() throws PcmOpenException {
        DeviceSource open = source;
        if (open == null) {
            requireShareable(PcmStream.CAPTURE);
            open = new DeviceSource(MixInput.open(device, format(), wish.longestPeriod()));
            source = open;
        }
        return open;
    }

    private void requireShareable(PcmStream direction) throws PcmOpenException {
        if (isGone) {
            throw new PcmOpenException(Errno.ENODEV, "device=" + name);
        }
        if (!wish.allowsShared()) {
            throw new PcmOpenException(Errno.EPERM, "nothing is mixed for device=" + name);
        }
        if (exclusiveUsers > 0) {
            throw new PcmOpenException(Errno.EBUSY, "somebody has for himself device=" + name);
        }
        if (direction != stream) {
            throw new PcmOpenException(Errno.EINVAL, direction + " of device=" + name);
        }
    }

    private MixFormat format() throws PcmOpenException {
        try {
            return MixFormat.nearest(card, wish.rate(), wish.channels(), wish.format());
        } catch (CardSpecException e) {
            throw new PcmOpenException(Errno.EINVAL, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Somebody has it for himself from now on, until {@link #letGo}.
     *
     * @throws PcmOpenException {@code EBUSY} where others use it, {@code ENODEV}, {@code EPERM}
     */
    synchronized void hold() throws PcmOpenException {
        closeUnused();
        if (isGone) {
            throw new PcmOpenException(Errno.ENODEV, "device=" + name);
        }
        if (!wish.allowsExclusive()) {
            throw new PcmOpenException(Errno.EPERM, "nobody may have for himself device=" + name);
        }
        if (sink != null || source != null) {
            throw new PcmOpenException(Errno.EBUSY, "others use device=" + name);
        }
        exclusiveUsers++;
    }

    synchronized void letGo() {
        exclusiveUsers--;
    }

    /** Closes what nobody has a way to any more. */
    synchronized void closeUnused() {
        Sink playing = sink;
        if (playing != null && !playing.isHeld()) {
            xrunsBefore += playing.xruns();
            sink = null;
            monitor = null;
            playing.close();
        }
        DeviceSource recording = source;
        if (recording != null && !recording.isHeld()) {
            xrunsBefore += recording.xruns();
            source = null;
            recording.close();
        }
    }

    /** What is mixed for it, or recorded; {@code null} while nothing is. */
    public synchronized @Nullable StreamParams params() {
        Sink playing = sink;
        DeviceSource recording = source;
        return playing != null
                ? playing.params()
                : recording != null ? recording.input().params() : null;
    }

    /** What is mixed for it, or {@code null} while nothing is. */
    synchronized @Nullable Sink sink() {
        return sink;
    }

    /** What it records, or {@code null} while nothing is. */
    synchronized @Nullable DeviceSource source() {
        return source;
    }

    /** How loud it is, or {@code null} while nothing is mixed or recorded. */
    public synchronized @Nullable Meter meter() {
        Sink playing = sink;
        DeviceSource recording = source;
        return playing != null ? playing.meter() : recording != null ? recording.meter() : null;
    }

    /** Times it ran empty or full. */
    public synchronized long xruns() {
        Sink playing = sink;
        DeviceSource recording = source;
        return xrunsBefore
                + (playing == null ? 0 : playing.xruns())
                + (recording == null ? 0 : recording.xruns());
    }

    @Override
    public String toString() {
        return name;
    }
}
