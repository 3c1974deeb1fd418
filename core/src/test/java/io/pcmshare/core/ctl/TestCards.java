package io.pcmshare.core.ctl;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmOps;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.core.pcm.RingView;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.TriggerCommand;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Cards with the devices of those that were recorded; nothing is ever played. */
final class TestCards {
    private TestCards() {}

    static ControlSet dummy() {
        Card card = card(0, "Dummy", "Dummy PCM", 1);
        ControlSet set = new ControlSet(card, DummyControls.description());
        DummyControls.addTo(set);
        return set;
    }

    static ControlSet loopback() {
        Card card = card(1, "Loopback", "Loopback PCM", 2);
        ControlSet set = new ControlSet(card, LoopbackControls.description());
        LoopbackControls.addTo(set, 2, 8);
        return set;
    }

    static ControlSet empty() {
        return new ControlSet(card(0, "Dummy", "Dummy PCM", 1), DummyControls.description());
    }

    private static Card card(int number, String id, String pcm, int devices) {
        Card card = new Card(number, id, id, new ManualClock(), TestCards::region);
        for (int i = 0; i < devices; i++) {
            PcmDevice device = card.addDevice(pcm, pcm);
            for (int k = 0; k < 8; k++) {
                device.addSubstream(PcmStream.PLAYBACK, new Silent());
                device.addSubstream(PcmStream.CAPTURE, new Silent());
            }
        }
        return card;
    }

    private static Region region(RegionSource.Kind kind, boolean capture, long bytes) {
        MemorySegment zeroes = MemorySegment.ofArray(new long[(int) (bytes / Long.BYTES)]);
        return new Region() {
            @Override
            public MemorySegment memory() {
                return zeroes;
            }

            @Override
            public void close() {}
        };
    }

    private static final class Silent implements PcmOps {
        @Override
        public PcmHardware hardware() {
            return new PcmHardware(
                    PcmInfoFlag.MMAP | PcmInfoFlag.INTERLEAVED,
                    PcmFormat.S16_LE.maskBit(),
                    List.of(),
                    5500,
                    48000,
                    1,
                    2,
                    65536,
                    64,
                    65536,
                    1,
                    1024,
                    0);
        }

        @Override
        public int prepare(StreamParams params) {
            return 0;
        }

        @Override
        public int trigger(TriggerCommand command, long nowNanos) {
            return 0;
        }

        @Override
        public long moved(long nowNanos) {
            return 0;
        }

        @Override
        public long nanosAt(long frames) {
            return Long.MAX_VALUE;
        }

        @Override
        public void transfer(RingView ring, long offsetFrames, long frames) {}
    }
}
