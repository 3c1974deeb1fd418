package io.pcmshare.client;

import io.pcmshare.abi.ChannelPosition;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.Message.OpenFlag;

import java.util.List;

/**
 * What stream a client wants.
 *
 * @param kind what it is about
 * @param mode how a device is used
 * @param format of a sample
 * @param channels samples in a frame
 * @param rate frames a second
 * @param positions of the first eight channels; empty for what so many usually are
 * @param device {@link #deviceOf}, or {@link #ANY_DEVICE}
 * @param periodSize frames between two wake-ups; 0 for what the server thinks good
 * @param bufferSize frames in the ring; 0 for what the server thinks good
 */
public record StreamOptions(
        Kind kind,
        Mode mode,
        PcmFormat format,
        int channels,
        int rate,
        List<ChannelPosition> positions,
        int device,
        int periodSize,
        int bufferSize) {
    /** The server's default one of the direction. */
    public static final int ANY_DEVICE = Message.Open.ANY_DEVICE;

    private static final int MOST_POSITIONS = 8;

    /** What a stream is about. */
    public enum Kind {
        /** Something is played. */
        PLAYBACK,
        /** A microphone, or whatever a device has for one, is recorded. */
        CAPTURE,
        /** What a device plays is recorded; few may. */
        MONITOR
    }

    /** How a device is used. */
    public enum Mode {
        /** With others. */
        SHARED,
        /** With others, as little ahead of what is heard as can be. */
        LOW_LATENCY,
        /** Alone: the ring is the device's own. */
        EXCLUSIVE
    }

    /** Copies the list; refuses what is nothing. */
    public StreamOptions {
        positions = List.copyOf(positions);
        if (channels <= 0 || rate <= 0 || periodSize < 0 || bufferSize < 0) {
            throw new IllegalArgumentException(
                    "channels=%d, rate=%d, periodSize=%d, bufferSize=%d"
                            .formatted(channels, rate, periodSize, bufferSize));
        }
    }

    /** To play on the default device, with others. */
    public static StreamOptions playback(PcmFormat format, int channels, int rate) {
        return new StreamOptions(
                Kind.PLAYBACK, Mode.SHARED, format, channels, rate, List.of(), ANY_DEVICE, 0, 0);
    }

    /** To record from the default device. */
    public static StreamOptions capture(PcmFormat format, int channels, int rate) {
        return new StreamOptions(
                Kind.CAPTURE, Mode.SHARED, format, channels, rate, List.of(), ANY_DEVICE, 0, 0);
    }

    /** To record what the default device plays. */
    public static StreamOptions monitor(PcmFormat format, int channels, int rate) {
        return new StreamOptions(
                Kind.MONITOR, Mode.SHARED, format, channels, rate, List.of(), ANY_DEVICE, 0, 0);
    }

    /** A device of a card by its number. */
    public static int deviceOf(int card, int device) {
        return Message.Open.deviceOf(card, device);
    }

    /** The same on another device. */
    public StreamOptions on(int otherDevice) {
        return new StreamOptions(
                kind, mode, format, channels, rate, positions, otherDevice, periodSize, bufferSize);
    }

    /** The same in another mode. */
    public StreamOptions with(Mode otherMode) {
        return new StreamOptions(
                kind, otherMode, format, channels, rate, positions, device, periodSize, bufferSize);
    }

    /** The same with other sizes, in frames. */
    public StreamOptions with(int otherPeriodSize, int otherBufferSize) {
        return new StreamOptions(
                kind,
                mode,
                format,
                channels,
                rate,
                positions,
                device,
                otherPeriodSize,
                otherBufferSize);
    }

    /** Bytes of a frame. */
    public int frameBytes() {
        return format.physicalWidth() / 8 * channels;
    }

    Message.Open message(boolean confined) {
        int flags = confined ? OpenFlag.CONFINED.bit() : 0;
        flags |= kind == Kind.MONITOR ? OpenFlag.MONITOR.bit() : 0;
        flags |= mode == Mode.EXCLUSIVE ? OpenFlag.EXCLUSIVE.bit() : 0;
        flags |= mode == Mode.LOW_LATENCY ? OpenFlag.LOW_LATENCY.bit() : 0;
        PcmStream stream = kind == Kind.PLAYBACK ? PcmStream.PLAYBACK : PcmStream.CAPTURE;
        long codes = 0;
        for (int i = 0; i < Math.min(MOST_POSITIONS, positions.size()); i++) {
            codes |= (long) positions.get(i).code() << (8 * i);
        }
        return new Message.Open(
                flags,
                stream.code(),
                format.code(),
                channels,
                rate,
                device,
                periodSize,
                bufferSize,
                codes,
                0);
    }
}
