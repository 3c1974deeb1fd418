package io.pcmshare.server.daemon;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.mix.Resampler;
import io.pcmshare.mix.Samples;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.StreamWish;
import io.pcmshare.server.patch.Voice;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.Message.OpenFlag;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What a client's OPEN means here. */
final class Wishes {
    private static final int MOST_CHANNELS = 32;
    private static final int POSITIONS = 8;

    /** What somebody gets who takes what there is. */
    private static final Voice USUAL = Voice.of(PcmFormat.S16_LE, 2, 48_000);

    private Wishes() {}

    /**
     * A wish as the bay understands it.
     *
     * @param open {@code null} where a client takes what there is
     * @throws PcmOpenException {@code EINVAL} for what is nothing, {@code ENODEV} for a device that
     *     there is not
     */
    static StreamWish of(Message.@Nullable Open open, Bay bay) throws PcmOpenException {
        if (open == null) {
            return new StreamWish(
                    StreamWish.Kind.PLAYBACK, StreamWish.Mode.SHARED, USUAL, null, 0, 0);
        }
        StreamWish.Kind kind = kindOf(open);
        return new StreamWish(
                kind,
                modeOf(open),
                voiceOf(open),
                deviceOf(open, kind, bay),
                open.periodSize(),
                open.bufferSize());
    }

    private static StreamWish.Kind kindOf(Message.Open open) throws PcmOpenException {
        PcmStream stream = PcmStream.of(open.stream());
        if (stream == null || (open.has(OpenFlag.MONITOR) && stream != PcmStream.CAPTURE)) {
            throw invalid("stream=" + open.stream());
        }
        if (open.has(OpenFlag.MONITOR)) {
            return StreamWish.Kind.MONITOR;
        }
        return stream == PcmStream.CAPTURE ? StreamWish.Kind.CAPTURE : StreamWish.Kind.PLAYBACK;
    }

    private static StreamWish.Mode modeOf(Message.Open open) throws PcmOpenException {
        if (open.has(OpenFlag.EXCLUSIVE) && open.has(OpenFlag.LOW_LATENCY)) {
            throw invalid("a device of one's own is as near as can be: flags=" + open.flags());
        }
        if (open.has(OpenFlag.EXCLUSIVE)) {
            return StreamWish.Mode.EXCLUSIVE;
        }
        return open.has(OpenFlag.LOW_LATENCY)
                ? StreamWish.Mode.LOW_LATENCY
                : StreamWish.Mode.SHARED;
    }

    private static Voice voiceOf(Message.Open open) throws PcmOpenException {
        PcmFormat format = PcmFormat.of(open.format());
        boolean sound =
                format != null
                        && Samples.areNumbers(format)
                        && open.channels() <= MOST_CHANNELS
                        && open.rate() >= Resampler.LOWEST_RATE
                        && open.rate() <= Resampler.HIGHEST_RATE;
        if (!sound || format == null) {
            throw invalid(
                    "format=%s, channels=%d, rate=%d"
                            .formatted(format, open.channels(), open.rate()));
        }
        return new Voice(format, positionsOf(open), open.rate());
    }

    private static List<ChannelPosition> positionsOf(Message.Open open) throws PcmOpenException {
        List<ChannelPosition> usual = ChannelPosition.standard(open.channels());
        if (open.positions() == 0) {
            return usual;
        }
        List<ChannelPosition> positions = new ArrayList<>();
        for (int i = 0; i < open.channels(); i++) {
            int code = i < POSITIONS ? (int) (open.positions() >>> (8 * i)) & 0xff : 0;
            ChannelPosition position = ChannelPosition.of(code);
            if (position == null) {
                throw invalid("channel=" + i + ", position=" + code);
            }
            positions.add(position);
        }
        return positions;
    }

    private static @Nullable BayDevice deviceOf(Message.Open open, StreamWish.Kind kind, Bay bay)
            throws PcmOpenException {
        if (open.device() == Message.Open.ANY_DEVICE) {
            return null;
        }
        PcmStream direction =
                kind == StreamWish.Kind.CAPTURE ? PcmStream.CAPTURE : PcmStream.PLAYBACK;
        String name = BayDevice.nameOf(open.device() >>> 16, open.device() & 0xffff, direction);
        BayDevice device = bay.device(name);
        if (device == null) {
            throw new PcmOpenException(Errno.ENODEV, "device=" + name);
        }
        return device;
    }

    private static PcmOpenException invalid(String what) {
        return new PcmOpenException(Errno.EINVAL, what);
    }
}
