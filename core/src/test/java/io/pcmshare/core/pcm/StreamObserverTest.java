package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.TimerEvent;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What a stream's timer is told. */
final class StreamObserverTest {
    private final TestCard test = new TestCard(1);
    private final List<String> told = new ArrayList<>();

    private PcmFile observed() {
        PcmFile file = test.open(PcmStream.PLAYBACK);
        file.substream()
                .observer(
                        new StreamObserver() {
                            @Override
                            public void periodNanos(long nanos) {
                                told.add("period " + nanos);
                            }

                            @Override
                            public void periodsElapsed(long periods) {
                                told.add("elapsed " + periods);
                            }

                            @Override
                            public void streamChanged(TimerEvent event) {
                                told.add(event.name());
                            }
                        });
        return file;
    }

    @Test
    void aTimerHearsOfTheWholeLifeOfAStream() {
        PcmFile file = observed();
        TestCard.check(file.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, 1000, 8000)));
        TestCard.check(file.prepare());
        TestCard.transfer(file, 8000);
        test.pass(2500);
        file.hwsync();
        test.pass(600);
        file.hwsync();
        file.drop();
        file.close();

        assertThat(told)
                .containsExactly(
                        "period 125000000",
                        "MSTART",
                        "elapsed 2",
                        "elapsed 1",
                        "MSTOP",
                        "period 0");
    }

    @Test
    void anXrunIsAStop() {
        PcmFile file = observed();
        TestCard.check(file.hwParams(TestCard.params(PcmAccess.RW_INTERLEAVED, 1000, 8000)));
        TestCard.check(file.prepare());
        TestCard.transfer(file, 100);
        test.pass(200);
        file.hwsync();

        assertThat(told).containsExactly("period 125000000", "MSTART", "MSTOP");
    }
}
