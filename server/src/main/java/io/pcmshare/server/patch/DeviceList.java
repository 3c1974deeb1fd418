package io.pcmshare.server.patch;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.core.pcm.PcmDevice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/**
 * The devices of a bay, and which are used where nobody names one. Threads: one changes, any read.
 */
final class DeviceList {
    private final LongConsumer queueProbe;
    private final List<BayDevice> devices = new CopyOnWriteArrayList<>();
    private volatile @Nullable BayDevice defaultPlayback;
    private volatile @Nullable BayDevice defaultCapture;

    /**
     * No devices yet.
     *
     * @param queueProbe as of {@link Bay}
     */
    DeviceList(LongConsumer queueProbe) {
        this.queueProbe = queueProbe;
    }

    List<BayDevice> all() {
        return List.copyOf(devices);
    }

    @Nullable BayDevice find(String name) {
        return devices.stream().filter(d -> d.name().equals(name)).findFirst().orElse(null);
    }

    List<BayDevice> add(SoundCard added, DeviceWish wish) {
        List<BayDevice> all = new ArrayList<>();
        for (PcmDevice each : added.card().devices()) {
            for (PcmStream stream : PcmStream.values()) {
                if (each.subdevicesCount(stream) > 0) {
                    all.add(new BayDevice(added, each, stream, wish, queueProbe));
                }
            }
        }
        devices.addAll(all);
        chooseDefaults();
        return all;
    }

    private void chooseDefaults() {
        defaultPlayback = valid(defaultPlayback, PcmStream.PLAYBACK);
        defaultCapture = valid(defaultCapture, PcmStream.CAPTURE);
    }

    private @Nullable BayDevice valid(@Nullable BayDevice chosen, PcmStream stream) {
        if (chosen != null && !chosen.isGone()) {
            return chosen;
        }
        return devices.stream()
                .filter(d -> d.stream() == stream && !d.isGone())
                .findFirst()
                .orElse(null);
    }

    @Nullable BayDevice defaultOf(PcmStream stream) {
        return stream == PcmStream.CAPTURE ? defaultCapture : defaultPlayback;
    }

    void makeDefault(BayDevice chosen) {
        if (chosen.stream() == PcmStream.CAPTURE) {
            defaultCapture = chosen;
        } else {
            defaultPlayback = chosen;
        }
    }

    /** Marks the devices of a card as gone; which those are. */
    List<BayDevice> retire(int cardNumber) {
        List<BayDevice> going = of(cardNumber);
        going.forEach(BayDevice::gone);
        chooseDefaults();
        return going;
    }

    private List<BayDevice> of(int cardNumber) {
        return devices.stream().filter(d -> d.card().card().number() == cardNumber).toList();
    }

    /** Whether somebody has a way yet to a card. */
    boolean isUsed(int cardNumber) {
        boolean used = false;
        for (BayDevice each : of(cardNumber)) {
            each.closeUnused();
            used |= each.isShared() || each.isExclusive();
        }
        return used;
    }

    void remove(int cardNumber) {
        devices.removeAll(of(cardNumber));
        chooseDefaults();
    }
}
