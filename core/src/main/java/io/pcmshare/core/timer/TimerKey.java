package io.pcmshare.core.timer;

import io.pcmshare.abi.TimerClass;
import io.pcmshare.abi.TimerId;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;

/**
 * Which timer, in the order in which the kernel lists them. Kernel: uapi/sound/asound.h, {@code
 * struct snd_timer_id}.
 *
 * @param timerClass a {@link TimerClass}
 * @param card number of the card; -1 for a timer that belongs to none
 * @param device number of the device
 * @param subdevice number on the device; of a PCM timer twice the substream, and 1 more for capture
 */
record TimerKey(int timerClass, int card, int device, int subdevice)
        implements Comparable<TimerKey> {
    static final TimerKey NONE = new TimerKey(TimerClass.NONE.code(), -1, -1, -1);

    private static final Comparator<TimerKey> ORDER =
            Comparator.comparingInt(TimerKey::timerClass)
                    .thenComparingInt(TimerKey::card)
                    .thenComparingInt(TimerKey::device)
                    .thenComparingInt(TimerKey::subdevice);

    static TimerKey of(TimerId id) {
        return new TimerKey(id.devClass(), id.card(), id.device(), id.subdevice());
    }

    void store(TimerId id) {
        id.devClass(timerClass);
        id.devSclass(0);
        id.card(card);
        id.device(device);
        id.subdevice(subdevice);
    }

    /** Where to look for the one behind this; {@code null} for a class that has no timers. */
    @Nullable TimerKey next() {
        if (timerClass < 0) {
            return new TimerKey(Integer.MIN_VALUE, 0, 0, 0);
        }
        if (timerClass == TimerClass.GLOBAL.code()) {
            int wanted = device < 0 ? 0 : device + 1;
            return new TimerKey(timerClass, Integer.MIN_VALUE, wanted, Integer.MIN_VALUE);
        }
        if (timerClass != TimerClass.CARD.code() && timerClass != TimerClass.PCM.code()) {
            return null;
        }
        if (card < 0) {
            return new TimerKey(timerClass, 0, 0, 0);
        }
        if (device < 0) {
            return new TimerKey(timerClass, card, 0, 0);
        }
        if (subdevice < 0) {
            return new TimerKey(timerClass, card, device, 0);
        }
        int behind = subdevice < Integer.MAX_VALUE ? subdevice + 1 : subdevice;
        return new TimerKey(timerClass, card, device, behind);
    }

    @Override
    public int compareTo(TimerKey other) {
        return ORDER.compare(this, other);
    }
}
