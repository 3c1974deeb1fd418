package io.pcmshare.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.FrameConverter.Shape;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

final class MixBusTest {
    private static final Shape MONO = new Shape(PcmFormat.S16_LE, 1);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static MemorySegment samples(int... values) {
        MemorySegment memory = MemorySegment.ofArray(new byte[values.length * 2]);
        for (int i = 0; i < values.length; i++) {
            memory.set(SHORT, 2L * i, (short) values[i]);
        }
        return memory;
    }

    private static short[] take(MixBus bus, int frames) {
        MemorySegment memory = MemorySegment.ofArray(new byte[frames * 2]);
        bus.take(memory, 0, frames);
        short[] taken = new short[frames];
        for (int i = 0; i < frames; i++) {
            taken[i] = memory.get(SHORT, 2L * i);
        }
        return taken;
    }

    /** The sum on the way is beyond what a sample can be; each addition clipped would say 1. */
    @Test
    void onlyTheSumIsClipped() {
        MixBus bus = new MixBus(MONO, 4);
        MixBus.Input input = bus.input(MONO);
        input.add(samples(32_767, -32_768, 32_767), 0, 3, 0);
        input.add(samples(32_767, -32_768, 5), 0, 3, 0);
        input.add(samples(-32_766, 32_767, 0), 0, 3, 0);

        assertThat(take(bus, 3)).containsExactly(32_767, -32_768, 32_767);
        input.add(samples(32_767), 0, 1, 3);
        input.add(samples(32_767), 0, 1, 3);
        input.add(samples(-32_766), 0, 1, 3);
        input.add(samples(-32_767), 0, 1, 3);

        assertThat(take(bus, 1)).containsExactly(1);
    }

    @Test
    void framesAreHeardWhereTheyBelongAndOnce() {
        MixBus bus = new MixBus(MONO, 4);
        MixBus.Input input = bus.input(MONO);
        for (int frame = 0; frame < 30; frame += 3) {
            input.add(samples(frame, frame + 1, frame + 2), 0, 3, frame);
            input.add(samples(1000), 0, 1, frame + 1);

            assertThat(take(bus, 3))
                    .containsExactly((short) frame, (short) (frame + 1001), (short) (frame + 2));
            assertThat(bus.taken()).isEqualTo(frame + 3);
        }
        assertThat(take(bus, 4)).containsOnly((short) 0);
    }

    @Test
    void whatComesTooLateOrTooEarlyIsLostAndDisturbsNobody() {
        MixBus bus = new MixBus(MONO, 4);
        MixBus.Input input = bus.input(MONO);
        take(bus, 2);

        input.add(samples(1, 2, 3, 4, 5, 6, 7, 8), 0, 8, 0);

        assertThat(take(bus, 4)).containsExactly(3, 4, 5, 6);
        assertThat(take(bus, 4)).containsOnly((short) 0);
        assertThatThrownBy(() -> take(bus, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFormatIsAddedAsTheNumberThatItIs() {
        MixBus bus = new MixBus(new Shape(PcmFormat.S32_LE, 2), 8);
        MemorySegment eight = MemorySegment.ofArray(new byte[] {(byte) 0xc0});
        MemorySegment floats = MemorySegment.ofArray(new byte[8]);
        var floatLayout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
        floats.set(floatLayout, 0, 0.25f);
        floats.set(floatLayout, 4, -0.125f);
        bus.input(new Shape(PcmFormat.U8, 1)).add(eight, 0, 1, 0);
        bus.input(new Shape(PcmFormat.FLOAT_BE, 2)).add(floats, 0, 1, 0);
        MemorySegment out = MemorySegment.ofArray(new int[2]);

        bus.take(out, 0, 1);

        var intLayout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        assertThat(out.get(intLayout, 0)).isEqualTo((int) (0.75 * (1L << 31)));
        assertThat(out.get(intLayout, 4)).isEqualTo((int) (0.375 * (1L << 31)));
    }
}
