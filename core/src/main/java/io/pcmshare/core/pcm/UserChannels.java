package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/**
 * A buffer of the program for each channel: READN and WRITEN. An address of 0 plays silence, and
 * what is recorded for it goes nowhere. Kernel: sound/core/pcm_lib.c, noninterleaved_copy().
 */
final class UserChannels extends UserSide {
    private final long[] addresses;

    UserChannels(StreamParams params, boolean toRing) {
        super(params, toRing);
        addresses = new long[params.channels()];
    }

    /** Another buffer for a channel. */
    void at(int channel, long address) {
        addresses[channel] = address;
    }

    @Override
    int fetch(PcmCaller caller, MemorySegment samples, long clientFrame, long frames) {
        long bytes = params.sampleBytes(frames);
        for (int channel = 0; channel < addresses.length; channel++) {
            long address = addresses[channel];
            if (address == 0) {
                Silence.fill(samples, scratchOffset(channel, 0), bytes, params.format());
                continue;
            }
            long from = address + params.sampleBytes(clientFrame);
            int copied = caller.read(from, samples, scratchOffset(channel, 0), bytes);
            if (copied < 0) {
                return copied;
            }
        }
        return 0;
    }

    @Override
    int deliver(PcmCaller caller, MemorySegment samples, long clientFrame, long frames) {
        long bytes = params.sampleBytes(frames);
        for (int channel = 0; channel < addresses.length; channel++) {
            long address = addresses[channel];
            if (address == 0) {
                continue;
            }
            long to = address + params.sampleBytes(clientFrame);
            int copied = caller.write(to, samples, scratchOffset(channel, 0), bytes);
            if (copied < 0) {
                return copied;
            }
        }
        return 0;
    }

    @Override
    void copy(RingView ring, long ringFrame, long scratchFrame, long frames) {
        for (int channel = 0; channel < addresses.length; channel++) {
            copyBytes(
                    scratchOffset(channel, scratchFrame),
                    ring,
                    ring.sampleOffset(channel, ringFrame),
                    params.sampleBytes(frames));
        }
    }

    private long scratchOffset(int channel, long frame) {
        return params.sampleBytes(channel * pieceFrames() + frame);
    }
}
