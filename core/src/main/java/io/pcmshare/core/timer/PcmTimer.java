package io.pcmshare.core.timer;

import io.pcmshare.abi.TimerClass;
import io.pcmshare.abi.TimerEvent;
import io.pcmshare.core.pcm.StreamObserver;

/**
 * The timer of a PCM substream: a tick is a period. Kernel: sound/core/pcm_timer.c.
 *
 * <p>Threads: the four calls of the stream from any, usually under the lock of its card; they
 * return at once while nobody runs the timer.
 */
public final class PcmTimer extends TimerDevice implements StreamObserver {
    // written under the lock of the timers; a stream that reads an old one is late by one period
    private volatile boolean wanted;
    // one writer, the stream; a single number, nothing else is published by it
    private volatile long periodNanos;

    PcmTimer(Timers timers, int card, int device, boolean capture, int substream) {
        super(
                timers,
                key(card, device, capture, substream),
                "PCM",
                name(card, device, capture, substream));
    }

    private static TimerKey key(int card, int device, boolean capture, int substream) {
        int subdevice = substream << 1 | (capture ? 1 : 0);
        return new TimerKey(TimerClass.PCM.code(), card, device, subdevice);
    }

    private static String name(int card, int device, boolean capture, int substream) {
        TimerKey key = key(card, device, capture, substream);
        String direction = capture ? "capture" : "playback";
        return "PCM " + direction + " " + card + "-" + device + "-" + key.subdevice();
    }

    /**
     * The stream chose its parameters, or was closed.
     *
     * @param nanos length of a period, rounded down; 0 for a closed stream
     */
    @Override
    public void periodNanos(long nanos) {
        periodNanos = nanos;
    }

    /** Periods ended; on the audio path, allocates nothing. */
    @Override
    public void periodsElapsed(long periods) {
        if (wanted && periods > 0) {
            synchronized (timers().lock()) {
                elapsed(periods);
            }
        }
    }

    /** The stream started, stopped, paused …: one of the events whose name begins with M. */
    @Override
    public void streamChanged(TimerEvent event) {
        if (wanted) {
            synchronized (timers().lock()) {
                boolean begins = event == TimerEvent.MSTART || event == TimerEvent.MCONTINUE;
                tell(event, begins ? periodNanos : 0);
            }
        }
    }

    @Override
    long resolutionNanos() {
        return periodNanos;
    }

    @Override
    boolean isSlave() {
        return true;
    }

    @Override
    void startHardware(long ticks) {}

    @Override
    void stopHardware() {}

    @Override
    void changed() {
        wanted = running() > 0;
    }
}
