package io.pcmshare.server.patch;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;

import java.util.Objects;

/** Chooses the parameters of a client's stream as near to what it wishes as can be. */
final class StreamSetup {
    /** A ring of fewer would run empty between two looks. */
    private static final int SMALLEST_QUANTA = 2;

    private static final int DEFAULT_PERIODS_PER_SECOND = 50;
    private static final int DEFAULT_PERIODS = 4;

    private StreamSetup() {}

    /**
     * Configures a stream that shares a device.
     *
     * @throws PcmOpenException {@code EINVAL} for what cannot be
     */
    static void configureShared(PcmFile file, StreamWish wish, BayDevice at)
            throws PcmOpenException {
        configure(file, wish, SMALLEST_QUANTA * quantum(at, wish));
    }

    /** How often a stream is looked after, in its frames. */
    private static long quantum(BayDevice at, StreamWish wish) {
        Sink sink = at.sink();
        DeviceSource source = at.source();
        long frames = sink != null ? sink.quantum() : source != null ? source.quantum() : 0;
        int rate = sink != null ? sink.params().rate() : source != null ? source.rate() : 1;
        if (wish.mode() == StreamWish.Mode.LOW_LATENCY) {
            frames = Math.max(1, frames / Sink.LATE_PIECES);
        }
        return Math.ceilDiv(frames * wish.voice().rate(), (long) rate);
    }

    /**
     * Configures a stream and prepares it.
     *
     * @param smallestBuffer frames that its ring holds at least
     * @throws PcmOpenException {@code EINVAL} for what cannot be
     */
    static void configure(PcmFile file, StreamWish wish, long smallestBuffer)
            throws PcmOpenException {
        Voice voice = wish.voice();
        long period =
                wish.periodSize() > 0
                        ? wish.periodSize()
                        : Math.max(1, voice.rate() / DEFAULT_PERIODS_PER_SECOND);
        long buffer = wish.bufferSize() > 0 ? wish.bufferSize() : DEFAULT_PERIODS * period;
        long least = Math.ceilDiv(Math.max(buffer, smallestBuffer), period) * period;
        HwParamSpace space = new HwParamSpace();
        int answer = Errno.EINVAL.negated();
        // a device of its own may have only some sizes: then the nearest that it has
        long[][] sizes = {
            {period, period, least, least},
            {period, period, least, 4 * least},
            {1, 4 * period, 1, 8 * least}
        };
        for (int i = 0; i < sizes.length && answer < 0; i++) {
            space.setAny();
            space.mask(HwParam.ACCESS, PcmAccess.MMAP_INTERLEAVED.maskBit());
            space.mask(HwParam.FORMAT, voice.format().maskBit());
            space.set(HwParam.CHANNELS, voice.channels());
            space.set(HwParam.RATE, voice.rate());
            space.interval(HwParam.PERIOD_SIZE).setRange(sizes[i][0], sizes[i][1]);
            space.interval(HwParam.BUFFER_SIZE).setRange(sizes[i][2], sizes[i][3]);
            answer = file.hwParams(space);
        }
        check(answer, "hw_params " + wish);
        // its client says when it begins
        check(
                file.swParams(
                        file.currentSwParams().withStartThreshold(file.geometry().boundary())),
                "sw_params " + wish);
        check(file.prepare(), "prepare " + wish);
    }

    private static void check(int answer, String what) throws PcmOpenException {
        if (answer < 0) {
            throw new PcmOpenException(
                    Objects.requireNonNullElse(Errno.of(-answer), Errno.EINVAL), what);
        }
    }
}
