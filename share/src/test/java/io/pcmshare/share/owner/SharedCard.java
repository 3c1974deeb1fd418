package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.RegionSource;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditEvent;

import java.util.ArrayList;
import java.util.List;

/** A card with one stream that is shared, a clock that a test moves, and what was said of it. */
final class SharedCard implements AutoCloseable {
    static final int RATE = 8000;
    static final int PERIOD = 1000;
    static final int BUFFER = 4000;
    static final int FRAME_BYTES = 4;

    final ManualClock clock = new ManualClock();
    final MovingOps ops;
    final List<AuditEvent> audit = new ArrayList<>();
    final Card card;
    final SharedStream stream;

    SharedCard(PcmStream direction, RegionSource regions) {
        ops = new MovingOps(direction == PcmStream.CAPTURE);
        card = new Card(0, "Test", "Test card", clock, regions);
        PcmDevice device = card.addDevice("Test PCM", "Test PCM");
        device.addSubstream(direction, ops);
        try {
            PcmFile owner =
                    device.open(direction, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
            HwParamSpace space = new HwParamSpace();
            space.set(HwParam.CHANNELS, 2);
            space.set(HwParam.RATE, RATE);
            space.set(HwParam.PERIOD_SIZE, PERIOD);
            space.set(HwParam.BUFFER_SIZE, BUFFER);
            assertThat(owner.hwParams(space)).isZero();
            assertThat(owner.prepare()).isZero();
            Right question = direction == PcmStream.CAPTURE ? Right.RECORD_PROGRAMS : Right.PLAY;
            stream = new SharedStream(owner, question, audit::add);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    void periods(int count) {
        for (int i = 0; i < count; i++) {
            clock.advanceTo(card.nextTickNanos());
            card.tick();
        }
    }

    Grant grant(GrantTerms terms) {
        try {
            return stream.grant(terms);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
