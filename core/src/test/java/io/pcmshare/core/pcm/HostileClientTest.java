package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** The control page is the client's: whatever it holds, the core goes on and stays in the ring. */
final class HostileClientTest {
    @Test
    void noNumberInTheControlPageBreaksTheCore() {
        Seeds.forEach(
                2_000,
                random -> {
                    TestCard card = new TestCard(1);
                    PcmStream stream =
                            random.nextBoolean() ? PcmStream.PLAYBACK : PcmStream.CAPTURE;
                    PcmFile file = card.prepared(stream, 100, 1000);
                    MmapControl page = new MmapControl(file.memory().regions().control().memory());
                    Lockstep lockstep = new Lockstep(card.card, card.clock);
                    for (int step = 0; step < 30; step++) {
                        page.applPtr(nonsense(random, file.geometry().boundary()));
                        page.availMin(nonsense(random, file.geometry().boundary()));
                        act(random, card, file, lockstep);
                        StatusReport report = file.status();
                        assertThat(file.geometry().isPointer(report.hwPtr())).isTrue();
                    }
                });
    }

    private static long nonsense(SplittableRandom random, long boundary) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE + random.nextInt(3);
            case 2 -> Long.MAX_VALUE - random.nextInt(3);
            case 3 -> boundary + random.nextInt(-2, 3);
            case 4 -> random.nextInt(-2, 3);
            default -> random.nextInt(2000);
        };
    }

    private static void act(
            SplittableRandom random, TestCard card, PcmFile file, Lockstep lockstep) {
        long frames = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1500);
        switch (random.nextInt(13)) {
            case 0 -> file.start();
            case 1 -> file.prepare();
            case 2 -> card.card.tick();
            case 3 -> file.rewind(Math.abs(frames / 2));
            case 4 -> file.forward(Math.abs(frames / 2));
            case 5 -> TestCard.transfer(file, random.nextInt(1500));
            case 6 -> file.drainStart();
            case 7 -> file.reset();
            case 8 -> lockstep.step();
            case 9 -> file.swParams(file.currentSwParams().withStopThreshold(frames));
            case 10 -> file.swParams(file.currentSwParams().withSilence(1000, random.nextInt(999)));
            case 11 -> file.swParams(file.currentSwParams().withSilence(0, -1));
            default -> {
                if (file.state() == PcmState.XRUN) {
                    file.prepare();
                }
            }
        }
        card.pass(random.nextInt(700));
    }
}
