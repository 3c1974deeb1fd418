package io.pcmshare.fuzz;

import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.ProtocolException;
import io.pcmshare.share.wire.WireCodec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Messages of the protocol: what is one is written as it was read. */
final class WireTarget {
    private static final int ROOM = 2 * WireCodec.MESSAGE_BYTES;

    private WireTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        int length = Math.min(data.length, ROOM);
        MemorySegment read = MemorySegment.ofArray(new long[ROOM / Long.BYTES]);
        MemorySegment.copy(data, 0, read, ValueLayout.JAVA_BYTE, 0, length);
        Message message;
        try {
            message = WireCodec.decode(read, length);
        } catch (ProtocolException e) {
            return;
        }
        MemorySegment written = MemorySegment.ofArray(new long[ROOM / Long.BYTES]);
        WireCodec.encode(message, written);
        if (written.mismatch(read) != -1) {
            throw new IllegalStateException("not as it was read: " + message);
        }
    }
}
