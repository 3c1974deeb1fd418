package io.pcmshare.share.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

final class WireCodecTest {
    /** {@code docs/protocol.md}: BEGIN at 1 s, as a second implementation would write it. */
    @Test
    void theBytesOfAMessageAreThoseOfTheProtocol() {
        byte[] bytes = encode(new Message.Begin(1_000_000_000L));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "50434d53" // PCMS
                                + "0100" // version
                                + "0400" // type
                                + "40000000" // size
                                + "00000000"
                                + "00ca9a3b00000000"
                                + "00".repeat(40));
    }

    @Test
    void everyMessageComesBackAsItself() throws ProtocolException {
        for (long seed = 0; seed < 20_000; seed++) {
            Message message = any(new SplittableRandom(seed));
            assertThat(decode(encode(message))).as("seed=%s", seed).isEqualTo(message);
        }
    }

    @Test
    void aDamagedMessageIsRefusedOrMeansExactlyItsBytes() {
        int[] refused = {0};
        Seeds.forEach(
                100_000,
                random -> {
                    byte[] bytes = damaged(random);
                    try {
                        Message message = decode(bytes);
                        if (!Arrays.equals(encode(message), bytes)) {
                            throw new AssertionError(message + " is not all that was said");
                        }
                    } catch (ProtocolException e) {
                        refused[0]++;
                    }
                });
        assertThat(refused[0]).isGreaterThan(50_000);
    }

    @Test
    void anotherLengthThanAMessagesIsRefused() {
        byte[] bytes = encode(new Message.Done(1));
        for (int length = 0; length <= 2 * bytes.length; length++) {
            byte[] other = Arrays.copyOf(bytes, length);
            if (length != WireCodec.MESSAGE_BYTES) {
                assertThatThrownBy(() -> decode(other)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void anOfferThatIsNoStreamIsRefused() {
        Message.Offer good = new Message.Offer(0, 2, 2, 48_000, 1024, 4096, 8192, 7);
        assertThat(good).isNotNull();
        for (Message.Offer bad :
                new Message.Offer[] {
                    new Message.Offer(0, 2, 0, 48_000, 1024, 4096, 8192, 7),
                    new Message.Offer(0, 2, 2, -1, 1024, 4096, 8192, 7),
                    new Message.Offer(0, 2, 2, 48_000, 0, 4096, 8192, 7),
                    new Message.Offer(0, 2, 2, 48_000, 8192, 4096, 8192, 7),
                    new Message.Offer(0, 2, 2, 48_000, 1024, 4096, 8193, 7),
                    new Message.Offer(0, 2, 2, 48_000, 1024, 4096, -4096, 7)
                }) {
            assertThatThrownBy(() -> decode(encode(bad))).isInstanceOf(ProtocolException.class);
        }
    }

    private static byte[] damaged(SplittableRandom random) {
        byte[] bytes = encode(any(random));
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(129));
            case 1 -> random.nextBytes(bytes);
            case 2 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                // within the body, where numbers are
                int from = random.nextInt(16, 56);
                long value = random.nextLong() >> random.nextInt(64);
                MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_LONG_UNALIGNED, from, value);
            }
        }
        return bytes;
    }

    private static Message any(SplittableRandom random) {
        long frames = random.nextLong(Long.MAX_VALUE);
        return switch (random.nextInt(14)) {
            case 0 -> new Message.Hello(random.nextBoolean());
            case 1 -> {
                long period = random.nextLong(1, 1 << 20);
                long buffer = period + random.nextLong(1 << 20);
                yield new Message.Offer(
                        random.nextInt(2),
                        random.nextInt(),
                        random.nextInt(1, 33),
                        random.nextInt(1, 200_000),
                        period,
                        buffer,
                        buffer << random.nextInt(1, 20),
                        random.nextLong());
            }
            case 2 -> new Message.Ready(frames);
            case 3 -> new Message.Begin(random.nextLong());
            case 4 -> new Message.Done(frames);
            case 5 -> new Message.Revoked(frames);
            case 6 -> new Message.Refused(random.nextInt());
            case 7 -> new Message.Memory();
            case 8 -> new Message.Moved();
            case 9 -> new Message.Call(random.nextInt(), random.nextInt());
            case 10 -> new Message.Result(random.nextInt(), random.nextInt());
            case 11 -> new Message.Volume(random.nextBoolean(), random.nextDouble(-100, 20));
            case 12 -> anyOpen(random);
            default -> new Message.Finished(frames);
        };
    }

    private static Message.Open anyOpen(SplittableRandom random) {
        return new Message.Open(
                random.nextInt(16),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(1, Integer.MAX_VALUE),
                random.nextInt(1, Integer.MAX_VALUE),
                random.nextInt(),
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                random.nextLong(),
                random.nextLong());
    }

    @Test
    void anOpenThatCannotBeMeantIsRefused() {
        for (Message.Open bad :
                new Message.Open[] {
                    new Message.Open(16, 0, 2, 2, 48_000, -1, 0, 0, 0, 0),
                    new Message.Open(0, 0, 2, 0, 48_000, -1, 0, 0, 0, 0),
                    new Message.Open(0, 0, 2, 2, -1, -1, 0, 0, 0, 0),
                    new Message.Open(0, 0, 2, 2, 48_000, -1, -1, 0, 0, 0),
                    new Message.Open(0, 0, 2, 2, 48_000, -1, 0, -1, 0, 0)
                }) {
            assertThatThrownBy(() -> decode(encode(bad))).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> decode(encode(new Message.Volume(false, Double.NaN))))
                .isInstanceOf(ProtocolException.class);
    }

    private static byte[] encode(Message message) {
        byte[] bytes = new byte[WireCodec.MESSAGE_BYTES];
        WireCodec.encode(message, MemorySegment.ofArray(bytes));
        return bytes;
    }

    private static Message decode(byte[] bytes) throws ProtocolException {
        return WireCodec.decode(MemorySegment.ofArray(bytes), bytes.length);
    }
}
