package io.pcmshare.server.patch;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.HostedCard;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RegionSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The patch bay of a server: a card whose streams are those of its clients, and the devices that
 * these play to and record from. The cards stay their owner's.
 *
 * <p>Threads: control; the bay's card is stepped by the audio thread.
 */
public final class Bay implements AutoCloseable {
    /** Streams of a direction that there can be at once. */
    public static final int MOST_STREAMS = 128;

    private static final CardDescription DESCRIPTION =
            new CardDescription(
                    "PcmShare",
                    "PcmShare",
                    "PcmShare server",
                    "PcmShare server, shared with others",
                    "PcmShare Mixer",
                    "");

    /** In the place of what a guest has not said. */
    private static final Voice UNKNOWN = Voice.of(PcmFormat.S16_LE, 2, 48_000);

    private final Card card;
    private final HostedCard hosted;
    private final PcmDevice device;
    private final List<PlayOps> players = new ArrayList<>();
    private final List<RecordOps> recorders = new ArrayList<>();
    private final DeviceList devices;
    private final Map<Long, BayStream> streams = new TreeMap<>();
    private long lastNumber;

    /**
     * A bay without devices.
     *
     * @param clock the time that it and all cards run by
     * @param regions where the memory of clients' streams comes from
     */
    public Bay(CardClock clock, RegionSource regions) {
        this(clock, regions, frames -> {});
    }

    /**
     * A bay without devices.
     *
     * @param queueProbe told by the audio thread what a device that plays has queued when it is
     *     looked after, in frames; allocates nothing
     */
    public Bay(CardClock clock, RegionSource regions, LongConsumer queueProbe) {
        devices = new DeviceList(queueProbe);
        card = new Card(0, DESCRIPTION.id(), DESCRIPTION.name(), clock, new BayRegions(regions));
        hosted = new HostedCard(card, DESCRIPTION);
        device = card.addDevice("Shared PCM", "Shared PCM");
        for (int i = 0; i < MOST_STREAMS; i++) {
            int place = i;
            PlayOps player = new PlayOps((voice, home) -> route(place, voice, home));
            player.stream(hosted.addSubstream(device, PcmStream.PLAYBACK, player));
            players.add(player);
            RecordOps recorder = new RecordOps((voice, home) -> recordRoute(place, voice, home));
            recorder.stream(hosted.addSubstream(device, PcmStream.CAPTURE, recorder));
            recorders.add(recorder);
        }
    }

    private @Nullable PlayRoute route(int place, Voice voice, @Nullable BayDevice home) {
        BayDevice to =
                home != null && !home.isGone() ? home : devices.defaultOf(PcmStream.PLAYBACK);
        try {
            if (to == null) {
                return null; // the stream answers that there is no device
            }
            players.get(place).home(to);
            return to.playRoute(voice);
        } catch (PcmOpenException e) {
            return null; // as above
        }
    }

    private @Nullable RecordRoute recordRoute(int place, Voice voice, @Nullable BayDevice home) {
        BayDevice from =
                home != null && !home.isGone() ? home : devices.defaultOf(PcmStream.CAPTURE);
        try {
            if (from == null) {
                return null; // the stream answers that there is no device
            }
            recorders.get(place).home(from);
            return from.recordRoute(voice);
        } catch (PcmOpenException e) {
            return null; // as above
        }
    }

    /** The card whose streams are the clients'. */
    public Card card() {
        return card;
    }

    /** That card as a machine's sound, for programs that do not know us. */
    public SoundSystem system() {
        return hosted.system();
    }

    /** Serves a guest; streams that are opened meanwhile on this thread are its. */
    public static <X extends Exception> void serveGuest(Serving<X> serving) throws X {
        ScopedValue.where(BayRegions.GUEST, true)
                .call(
                        () -> {
                            serving.run();
                            return true;
                        });
    }

    /** What serves a guest. */
    @FunctionalInterface
    public interface Serving<X extends Exception> {
        /** Serves it, until it is gone. */
        void run() throws X;
    }

    /** Devices, in the order in which they came. */
    public List<BayDevice> devices() {
        return devices.all();
    }

    /** Streams, in the order in which they were opened. */
    public List<BayStream> streams() {
        return List.copyOf(streams.values());
    }

    /** The stream of a number; {@code null} where there is none. */
    public @Nullable BayStream stream(long number) {
        return streams.get(number);
    }

    /** The device of a name; {@code null} where there is none. */
    public @Nullable BayDevice device(String name) {
        return devices.find(name);
    }

    /** Adds the devices of a card; the first of a direction is where streams go by default. */
    public List<BayDevice> add(SoundCard added, DeviceWish wish) {
        return devices.add(added, wish);
    }

    /** Where streams of a direction go that name no device; {@code null} for nowhere. */
    public @Nullable BayDevice defaultOf(PcmStream stream) {
        return devices.defaultOf(stream);
    }

    /** Sets where streams of its direction go that name no device. */
    public void makeDefault(BayDevice chosen) {
        devices.makeDefault(chosen);
    }

    /**
     * Opens and configures a stream.
     *
     * @return the caller's
     * @throws PcmOpenException {@code ENODEV} where there is no such device, {@code EBUSY} where
     *     somebody has it for himself or all streams are in use, {@code EINVAL} for parameters that
     *     nothing can be done with, {@code EPERM} where the device is not for that
     */
    public BayStream open(StreamWish wish) throws PcmOpenException {
        PcmStream direction =
                wish.kind() == StreamWish.Kind.CAPTURE ? PcmStream.CAPTURE : PcmStream.PLAYBACK;
        BayDevice at = wish.device() == null ? defaultOf(direction) : wish.device();
        if (at == null || at.isGone()) {
            throw new PcmOpenException(Errno.ENODEV, "no device for " + wish.kind().word());
        }
        if (at.stream() != direction) {
            throw new PcmOpenException(Errno.EINVAL, wish.kind().word() + " of device=" + at);
        }
        return wish.mode() == StreamWish.Mode.EXCLUSIVE
                ? openExclusive(wish, at)
                : openShared(wish, at);
    }

    private BayStream openShared(StreamWish wish, BayDevice at) throws PcmOpenException {
        boolean plays = wish.kind() == StreamWish.Kind.PLAYBACK;
        PcmFile file =
                device.open(
                        plays ? PcmStream.PLAYBACK : PcmStream.CAPTURE,
                        OpenFlags.RDWR_NONBLOCK,
                        PcmDevice.ANY_SUBDEVICE);
        try {
            int place = file.substream().number();
            PlayOps player = plays ? players.get(place) : null;
            RecordOps recorder = plays ? null : recorders.get(place);
            if (player != null) {
                player.late(wish.mode() == StreamWish.Mode.LOW_LATENCY);
                player.reroute(at.playRoute(wish.voice()));
            } else if (recorder != null) {
                recorder.reroute(at.recordRoute(wish.voice()));
            }
            StreamSetup.configureShared(file, wish, at);
            return put(wish, at, file, player, recorder, false, at::closeUnused);
        } catch (PcmOpenException e) {
            file.close();
            at.closeUnused();
            throw e;
        }
    }

    private BayStream openExclusive(StreamWish wish, BayDevice at) throws PcmOpenException {
        if (wish.kind() == StreamWish.Kind.MONITOR) {
            throw new PcmOpenException(Errno.EINVAL, "monitors are shared");
        }
        at.hold();
        PcmFile file = null;
        try {
            file = at.device().open(at.stream(), OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
            StreamSetup.configure(file, wish, 0);
            return put(wish, at, file, null, null, false, at::letGo);
        } catch (PcmOpenException e) {
            if (file != null) {
                file.close();
            }
            at.letGo();
            throw e;
        }
    }

    private BayStream put(
            StreamWish wish,
            BayDevice at,
            PcmFile file,
            @Nullable PlayOps player,
            @Nullable RecordOps recorder,
            boolean isGuest,
            Runnable onClose) {
        long number = ++lastNumber;
        Runnable forget =
                () -> {
                    streams.remove(number);
                    onClose.run();
                };
        BayStream stream = new BayStream(number, wish, at, file, player, recorder, isGuest, forget);
        streams.put(number, stream);
        return stream;
    }

    /**
     * Takes note of a stream that a guest has opened on the bay's card by itself. Closing it leaves
     * the file to whoever has it.
     *
     * @throws PcmOpenException {@code ENODEV} where there is no device for it
     */
    public BayStream adopt(PcmFile file) throws PcmOpenException {
        int place = file.substream().number();
        boolean plays = !file.substream().isCapture();
        BayDevice at = devices.defaultOf(file.substream().stream());
        if (at == null) {
            throw new PcmOpenException(Errno.ENODEV, "no device for a guest");
        }
        StreamWish.Kind kind = plays ? StreamWish.Kind.PLAYBACK : StreamWish.Kind.CAPTURE;
        return put(
                new StreamWish(kind, StreamWish.Mode.SHARED, UNKNOWN, null, 0, 0),
                at,
                file,
                plays ? players.get(place) : null,
                plays ? null : recorders.get(place),
                true,
                at::closeUnused);
    }

    /**
     * Moves a stream to another device, while it plays or records: from the next look on, which is
     * at most a period of its old device away.
     *
     * @throws PcmOpenException {@code EBUSY} for one whose device is its own, or where somebody has
     *     the other for himself; {@code ENODEV}, {@code EINVAL} where the other cannot do that
     */
    public void move(BayStream stream, BayDevice to) throws PcmOpenException {
        boolean plays = stream.wish().kind() != StreamWish.Kind.CAPTURE;
        if (to.stream() != (plays ? PcmStream.PLAYBACK : PcmStream.CAPTURE)) {
            throw new PcmOpenException(
                    Errno.EINVAL, stream.wish().kind().word() + " of device=" + to);
        }
        if (to.isGone()) {
            throw new PcmOpenException(Errno.ENODEV, "device=" + to);
        }
        PlayOps player = stream.player();
        RecordOps recorder = stream.recorder();
        Voice voice = stream.voice();
        if (player == null && recorder == null) {
            throw new PcmOpenException(
                    Errno.EBUSY, "its device is its own, stream=" + stream.number());
        }
        if (player != null && voice != null) {
            player.reroute(to.playRoute(voice));
        } else if (recorder != null && voice != null) {
            recorder.reroute(to.recordRoute(voice));
        }
        if (stream.isGuest() && stream.file().state() == PcmState.DISCONNECTED) {
            forgetWay(player, recorder); // it has closed: the next one goes where it likes
            return;
        }
        stream.device(to);
    }

    private static void forgetWay(@Nullable PlayOps player, @Nullable RecordOps recorder) {
        if (player != null) {
            player.reroute(null);
        } else if (recorder != null) {
            recorder.reroute(null);
        }
    }

    /**
     * A card is going, or has gone: its streams go to the default devices, or end; no new ones get
     * there. Its owner closes it when {@link #isUsed} says that nobody has a way to it.
     */
    public void retire(int cardNumber) {
        List<BayDevice> going = devices.retire(cardNumber);
        for (BayStream stream : streams()) {
            if (going.contains(stream.device())) {
                moveToDefault(stream);
            }
        }
    }

    private void moveToDefault(BayStream stream) {
        BayDevice to = defaultOf(stream.device().stream());
        try {
            if (to == null || stream.fader() == null) {
                stream.end();
            } else {
                move(stream, to);
            }
        } catch (PcmOpenException e) {
            stream.end();
        }
    }

    /** Whether somebody has a way yet to a card that was retired. */
    public boolean isUsed(int cardNumber) {
        return devices.isUsed(cardNumber);
    }

    /** Forgets a card. */
    public void remove(int cardNumber) {
        devices.remove(cardNumber);
    }

    /** Looks for devices that have gone by themselves, and closes what is not used. */
    public void doWork() {
        for (BayDevice each : devices.all()) {
            each.closeUnused();
            Sink sink = each.sink();
            DeviceSource source = each.source();
            if (!each.isGone()
                    && ((sink != null && sink.isGone()) || (source != null && source.isGone()))) {
                retire(each.card().card().number());
            }
        }
    }

    /** Closes all streams, and what they played to. */
    @Override
    public void close() {
        streams().forEach(BayStream::close);
        devices.all().forEach(BayDevice::closeUnused);
    }
}
