package io.pcmshare.share.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.MovingOps;

import java.util.ArrayList;
import java.util.List;

/**
 * A microphone and two loudspeakers on two cards with one clock: 8 kHz, 4 bytes a frame, 4 periods
 * of 1000 frames.
 */
final class TwoCards implements AutoCloseable {
    static final int RATE = 8000;
    static final int FRAME_BYTES = 4;
    static final int PERIOD = 1000;
    static final int BUFFER = 4000;

    final ManualClock clock = new ManualClock();
    final MovingOps speaker = new MovingOps(false);
    final MovingOps otherSpeaker = new MovingOps(false);
    private final List<Card> cards;
    private final List<PcmFile> opened = new ArrayList<>();

    TwoCards(RegionSource regions) {
        Card first = new Card(0, "First", "First card", clock, regions);
        PcmDevice device = first.addDevice("PCM", "PCM");
        device.addSubstream(PcmStream.PLAYBACK, speaker);
        device.addSubstream(PcmStream.CAPTURE, new MovingOps(true));
        Card second = new Card(1, "Second", "Second card", clock, regions);
        second.addDevice("PCM", "PCM").addSubstream(PcmStream.PLAYBACK, otherSpeaker);
        cards = List.of(first, second);
    }

    TwoCards() {
        this(MemfdRegions.atKernelOffsets());
    }

    PcmFile open(int card, PcmStream direction) {
        try {
            PcmFile file =
                    cards.get(card)
                            .devices()
                            .getFirst()
                            .open(direction, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
            opened.add(file);
            return file;
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    PcmFile prepared(int card, PcmStream direction) {
        return prepared(card, direction, BUFFER);
    }

    PcmFile prepared(int card, PcmStream direction, int bufferSize) {
        PcmFile file = open(card, direction);
        HwParamSpace space = new HwParamSpace();
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, RATE);
        space.set(HwParam.PERIOD_SIZE, PERIOD);
        space.set(HwParam.BUFFER_SIZE, bufferSize);
        assertThat(file.hwParams(space)).isZero();
        assertThat(file.prepare()).isZero();
        return file;
    }

    /** Frames pass on both cards. */
    void pass(long frames) {
        clock.advance(FrameTime.nanos(frames, RATE));
        cards.forEach(Card::tick);
    }

    @Override
    public void close() {
        opened.forEach(PcmFile::close);
    }
}
