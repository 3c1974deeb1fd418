package io.pcmshare.core.pcm;

import static io.pcmshare.core.pcm.TestCard.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.TstampType;
import io.pcmshare.core.clock.CardClock;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Linked streams, as recorded in {@code probes-snd-dummy.txt} [H]. */
final class LinkTest {
    private static final int EBADFD = Errno.EBADFD.negated();
    private static final int EALREADY = Errno.EALREADY.negated();

    private final TestCard card = new TestCard(3);
    private final PcmFile first = card.open(PcmStream.PLAYBACK);
    private final PcmFile second = card.open(PcmStream.CAPTURE);
    private final PcmFile third = card.open(PcmStream.PLAYBACK);

    @Test
    void streamsAreLinkedInTheSameStateOnceAndToAnother() {
        assertThat(link(first, second)).as("both OPEN").isEqualTo(EBADFD);
        setup(first);
        assertThat(link(first, second)).as("SETUP and OPEN").isEqualTo(EBADFD);
        setup(second);
        setup(third);

        assertThat(link(first, second)).isZero();
        assertThat(link(first, second)).as("again").isEqualTo(EALREADY);
        assertThat(link(second, first)).as("the other way").isEqualTo(EALREADY);
        assertThat(link(first, third)).as("a third to the group").isZero();
    }

    @Test
    void theyStartAtTheSameInstantAndStopTogether() {
        linkAll();
        first.prepare();
        assertThat(second.state()).isEqualTo(PcmState.PREPARED);
        assertThat(first.start()).as("nothing to play").isEqualTo(Errno.EPIPE.negated());
        assertThat(second.state()).isEqualTo(PcmState.PREPARED);
        first.applPtr(4000);
        third.applPtr(4000);

        assertThat(first.start()).isZero();
        card.pass(2);

        assertThat(first.startedNanos()).isEqualTo(second.startedNanos());
        assertThat(first.startedNanos()).isEqualTo(third.startedNanos());
        assertThat(second.status().hwPtr()).isEqualTo(2);
        assertThat(third.status().delay()).isEqualTo(3998);
        first.drop();
        assertThat(third.state()).isEqualTo(PcmState.SETUP);
        assertThat(TestCard.ops(first).told.getLast())
                .startsWith("STOP@")
                .isEqualTo(TestCard.ops(second).told.getLast());
    }

    /** However long it takes to tell them all, by a clock that goes on meanwhile. */
    @Test
    void theyShowOneTimeOfTheStart() throws PcmOpenException {
        AtomicLong nanos = new AtomicLong();
        CardClock restless =
                new CardClock() {
                    @Override
                    public long monotonicNanos() {
                        return nanos.addAndGet(100);
                    }

                    @Override
                    public long realtimeNanos() {
                        return monotonicNanos();
                    }

                    @Override
                    public long monotonicRawNanos() {
                        return monotonicNanos();
                    }
                };
        Card ticking = new Card(0, "Test", "Test card", restless, new ArenaRegions());
        PcmDevice device = ticking.addDevice("Test PCM", "Test PCM");
        List<PcmFile> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            device.addSubstream(PcmStream.CAPTURE, new QuietOps(TestCard.dummy(0)));
            PcmFile file = device.open(PcmStream.CAPTURE, OpenFlags.RDWR_NONBLOCK, i);
            setup(file);
            SoftwareParams now = file.currentSwParams();
            file.swParams(
                    new SoftwareParams(
                            now.tstampMode(),
                            TstampType.MONOTONIC,
                            now.periodStep(),
                            now.availMin(),
                            now.startThreshold(),
                            now.stopThreshold(),
                            0,
                            0));
            files.add(file);
        }
        files.get(0).link(files.get(1));
        files.get(0).link(files.get(2));
        files.get(0).prepare();

        assertThat(files.get(0).start()).isZero();

        long started = files.get(0).status().triggerNanos();
        assertThat(started).isPositive();
        assertThat(files).allMatch(file -> file.status().triggerNanos() == started);
    }

    @Test
    void anUnlinkedStreamRunsOnAlone() {
        linkAll();
        first.prepare();
        first.applPtr(4000);
        third.applPtr(4000);
        first.start();

        assertThat(Links.unlink(second.substream())).isZero();
        assertThat(Links.unlink(second.substream())).isEqualTo(EALREADY);
        first.drop();

        assertThat(second.state()).isEqualTo(PcmState.RUNNING);
        assertThat(third.state()).isEqualTo(PcmState.SETUP);
        third.close();
        assertThat(Links.unlink(first.substream())).as("a group of one").isEqualTo(EALREADY);
    }

    /** Recorded, README 13.11. */
    @Test
    void closingOneStopsTheOther() {
        linkAll();
        first.prepare();
        first.applPtr(4000);
        third.applPtr(4000);
        first.start();

        first.close();

        assertThat(second.state()).isEqualTo(PcmState.SETUP);
    }

    @Test
    void anXrunOfOneStopsAllWithAnXrun() {
        linkAll();
        first.prepare();
        transfer(third, 4000);
        first.applPtr(1000);
        first.start();
        card.pass(1001);

        card.card.tick();

        assertThat(first.state()).isEqualTo(PcmState.XRUN);
        assertThat(second.state()).isEqualTo(PcmState.XRUN);
        assertThat(third.state()).isEqualTo(PcmState.XRUN);
    }

    private void linkAll() {
        setup(first);
        setup(second);
        setup(third);
        first.swParams(first.currentSwParams().withStartThreshold(8000));
        third.swParams(third.currentSwParams().withStartThreshold(8000));
        link(first, second);
        link(first, third);
    }

    private static void setup(PcmFile file) {
        TestCard.check(file.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, 1000, 8000)));
    }

    private static int link(PcmFile a, PcmFile b) {
        return Links.link(a.substream(), b.substream());
    }
}
