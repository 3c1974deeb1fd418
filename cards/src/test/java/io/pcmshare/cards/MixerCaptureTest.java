package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Several who record from a mixer card. */
@NoFdLeaks
@Timeout(60)
final class MixerCaptureTest {
    private static final int RATE = 8000;
    private static final long FRAME_NANOS = 1_000_000_000L / RATE;
    private final ManualClock clock = new ManualClock();

    @TempDir Path dir;

    private SoundSystem create(String... specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(List.of(specs)), clock, new ArenaRegions());
    }

    private static PcmDevice device(SoundSystem system, int card) {
        return system.cards().get(card).card().devices().getFirst();
    }

    @Test
    void allWhoRecordHearTheSameEachFromTheFrameAtWhichItStarts() throws IOException {
        Path in = dir.resolve("in.wav");
        byte[] samples = new byte[9000 * 4];
        new SplittableRandom(8).nextBytes(samples);
        try (WavRecorder recorder = new WavRecorder(in, new WavFormat(PcmFormat.S16_LE, 2, RATE))) {
            MemorySegment memory = Arena.ofAuto().allocate(samples.length);
            memory.copyFrom(MemorySegment.ofArray(samples));
            recorder.write(memory, 0, samples.length);
        }
        byte[] one = new byte[8000 * 4];
        byte[] two = new byte[6000 * 4];
        String wav = "wav:in=" + in + ",out=" + dir.resolve("out.wav");
        try (SoundSystem system = create(wav, "mixer:of=0,rate=8000");
                PcmFile a = Streams.open(device(system, 1), PcmStream.CAPTURE, 0);
                PcmFile b = Streams.open(device(system, 1), PcmStream.CAPTURE, 1)) {
            Streams.prepare(a, Streams.params(PcmFormat.S16_LE, 2, RATE, 1600, 3200));
            Streams.prepare(b, Streams.params(PcmFormat.S32_BE, 1, RATE, 33, 99));
            Streams.check(a.start());
            byte[] wide = new byte[two.length];
            int[] read = new int[2];
            for (int passed = 0; read[0] < one.length || read[1] < wide.length; passed += 11) {
                if (passed == 1100) {
                    Streams.check(b.start());
                }
                read[0] += read(a, one, read[0], 4);
                read[1] += b.state() == PcmState.RUNNING ? read(b, wide, read[1], 4) : 0;
                if (read[1] == wide.length) {
                    Streams.check(b.drop());
                }
                clock.advance(11 * FRAME_NANOS);
                system.cards().forEach(card -> card.card().tick());
            }
            ByteBuffer heard = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
            for (int frame = 0; frame < wide.length / 4; frame++) {
                assertThat(ByteBuffer.wrap(wide).getInt(frame * 4) >> 16)
                        .as("frame=%d", frame)
                        .isEqualTo(heard.getShort((1100 + frame) * 4));
            }
        }
        assertThat(Arrays.mismatch(one, samples)).isEqualTo(one.length);
    }

    private static int read(PcmFile file, byte[] into, int at, int frameBytes) {
        long frames = file.transfer(Streams.into(into, at), (into.length - at) / frameBytes);
        return (int) Math.max(0, frames) * frameBytes;
    }
}
