package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A PCM device: {@code pcmC*D<number>p} and {@code c}. Kernel: include/sound/pcm.h, {@code struct
 * snd_pcm}.
 */
public final class PcmDevice {
    /** No preference among the substreams. */
    public static final int ANY_SUBDEVICE = -1;

    private final Card card;
    private final int number;
    private final String id;
    private final String name;
    private final List<Substream> playback = new ArrayList<>();
    private final List<Substream> capture = new ArrayList<>();
    private final List<Waiter> openWaiters = new ArrayList<>();

    PcmDevice(Card card, int number, String id, String name) {
        this.card = card;
        this.number = number;
        this.id = id;
        this.name = name;
    }

    /** Adds a substream behind those of its direction; only before the card is used. */
    public Substream addSubstream(PcmStream stream, PcmOps ops) {
        List<Substream> all = list(stream);
        Substream added = new Substream(this, stream, all.size(), ops);
        all.add(added);
        return added;
    }

    /** The card it belongs to. */
    public Card card() {
        return card;
    }

    /** Its number on the card. */
    public int number() {
        return number;
    }

    /** Short text, at most 63 bytes. */
    public String id() {
        return id;
    }

    /** Text for people, at most 79 bytes. */
    public String name() {
        return name;
    }

    /** The substreams of a direction. */
    public List<Substream> substreams(PcmStream stream) {
        return List.copyOf(list(stream));
    }

    /** How many substreams a direction has. */
    public int subdevicesCount(PcmStream stream) {
        return list(stream).size();
    }

    /** How many substreams of a direction nobody has open. */
    public int subdevicesAvail(PcmStream stream) {
        synchronized (card.lock()) {
            return (int) list(stream).stream().filter(s -> !s.isBusy()).count();
        }
    }

    /**
     * Opens the first free substream, or attaches to a busy one ({@code O_APPEND}). Never waits.
     * Kernel: sound/core/pcm.c, snd_pcm_attach_substream().
     *
     * @param preferred the substream that is wanted, or {@link #ANY_SUBDEVICE}
     * @throws PcmOpenException {@code EBUSY} when none is free (a blocking open parks with {@link
     *     #parkOpen} and tries again), {@code EINVAL}, {@code ENODEV} or {@code EBADFD} when there
     *     is nothing to attach to, {@code ENOMEM}
     */
    public PcmFile open(PcmStream stream, OpenFlags flags, int preferred) throws PcmOpenException {
        synchronized (card.lock()) {
            if (card.isDisconnected()) {
                throw new PcmOpenException(Errno.ENODEV, "card=" + card.number());
            }
            Substream s =
                    flags.append() ? findBusy(stream, preferred) : findFree(stream, preferred);
            if (flags.append()) {
                s.attach();
            } else {
                openFirst(s, flags);
            }
            return new PcmFile(s, flags, IoctlSet.ALL);
        }
    }

    private static void openFirst(Substream s, OpenFlags flags) throws PcmOpenException {
        try {
            s.open(flags.nonblock());
        } catch (IOException e) {
            PcmOpenException failure = new PcmOpenException(Errno.ENOMEM, String.valueOf(e));
            failure.initCause(e);
            throw failure;
        }
    }

    private Substream findBusy(PcmStream stream, int preferred) throws PcmOpenException {
        List<Substream> all = list(stream);
        if (preferred == ANY_SUBDEVICE && all.size() > 1) {
            throw new PcmOpenException(Errno.EINVAL, "O_APPEND, substreams=" + all.size());
        }
        int index = preferred == ANY_SUBDEVICE ? 0 : preferred;
        if (index < 0 || index >= all.size()) {
            throw new PcmOpenException(Errno.ENODEV, "O_APPEND, substream=" + index);
        }
        if (!all.get(index).isBusy()) {
            throw new PcmOpenException(Errno.EBADFD, "O_APPEND, substream=" + index);
        }
        return all.get(index);
    }

    private Substream findFree(PcmStream stream, int preferred) throws PcmOpenException {
        @Nullable Substream free = null;
        for (Substream s : list(stream)) {
            if (!s.isBusy() && (preferred == ANY_SUBDEVICE || preferred == s.number())) {
                free = s;
                break;
            }
        }
        if (free == null) {
            throw new PcmOpenException(Errno.EBUSY, "stream=" + stream);
        }
        boolean halfDuplex = free.ops().hardware().has(PcmInfoFlag.HALF_DUPLEX);
        if (halfDuplex && opposite(stream).stream().anyMatch(Substream::isBusy)) {
            throw new PcmOpenException(Errno.EBUSY, "half duplex, stream=" + stream);
        }
        return free;
    }

    /** Parks somebody who waits for a substream to become free. */
    public void parkOpen(Waiter waiter) {
        synchronized (card.lock()) {
            openWaiters.add(waiter);
        }
    }

    void released() {
        openWaiters.removeIf(Waiter::onChange);
    }

    private List<Substream> list(PcmStream stream) {
        return stream == PcmStream.PLAYBACK ? playback : capture;
    }

    private List<Substream> opposite(PcmStream stream) {
        return stream == PcmStream.PLAYBACK ? capture : playback;
    }
}
