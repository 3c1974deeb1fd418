package io.pcmshare.core.pcm;

import java.lang.foreign.MemorySegment;

/** Interleaved frames in one buffer of the program: READI and WRITEI. */
final class UserBuffer extends UserSide {
    private long address;

    UserBuffer(StreamParams params, boolean toRing) {
        super(params, toRing);
    }

    /** Another buffer; 0 plays silence. */
    void at(long newAddress) {
        address = newAddress;
    }

    @Override
    int fetch(PcmCaller caller, MemorySegment samples, long clientFrame, long frames) {
        long bytes = params.bytes(frames);
        if (address == 0) {
            Silence.fill(samples, 0, bytes, params.format());
            return 0;
        }
        return caller.read(address + params.bytes(clientFrame), samples, 0, bytes);
    }

    @Override
    int deliver(PcmCaller caller, MemorySegment samples, long clientFrame, long frames) {
        return caller.write(address + params.bytes(clientFrame), samples, 0, params.bytes(frames));
    }

    @Override
    void copy(RingView ring, long ringFrame, long scratchFrame, long frames) {
        copyBytes(params.bytes(scratchFrame), ring, params.bytes(ringFrame), params.bytes(frames));
    }
}
