package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;

final class RingGeometryTest {
    /** The boundaries that Linux 6.1 gave 64-bit programs. */
    @ParameterizedTest
    @CsvSource({
        "64,    0x4000000000000000",
        "100,   0x6400000000000000",
        "1000,  0x7d00000000000000",
        "1024,  0x4000000000000000",
        "4096,  0x4000000000000000",
        "4800,  0x4b00000000000000",
        "8000,  0x7d00000000000000",
        "16384, 0x4000000000000000"
    })
    void theBoundaryIsTheKernels(long bufferSize, String boundary) {
        RingGeometry geometry = RingGeometry.of(bufferSize, Long.MAX_VALUE);

        assertThat(geometry.boundary()).isEqualTo(Long.decode(boundary));
    }

    /** The boundaries that the same kernel gave 32-bit programs. */
    @ParameterizedTest
    @CsvSource({"4096, 0x40000000", "8000, 0x7d000000", "4800, 0x4b000000"})
    void theBoundaryOf32BitProgramsIsTheKernels(long bufferSize, String boundary) {
        RingGeometry geometry = RingGeometry.of(bufferSize, Integer.MAX_VALUE);

        assertThat(geometry.boundary()).isEqualTo(Long.decode(boundary));
    }

    @Test
    void pointersAgreeWithCountersThatNeverWrap() {
        Seeds.forEach(
                2_000,
                random -> {
                    long bufferSize = random.nextLong(1, 1 << 20);
                    long limit = random.nextBoolean() ? Long.MAX_VALUE : Integer.MAX_VALUE;
                    RingGeometry geometry = RingGeometry.of(bufferSize, limit);
                    // a few frames before the boundary, so that both pointers wrap soon
                    BigInteger start = BigInteger.valueOf(geometry.boundary() - 5);
                    BigInteger hw = start;
                    BigInteger appl = start;
                    long hwPtr = geometry.boundary() - 5;
                    long applPtr = hwPtr;
                    for (int step = 0; step < 40; step++) {
                        long queued = appl.subtract(hw).longValueExact();
                        if (random.nextBoolean()) {
                            long frames = random.nextLong(bufferSize - queued + 1);
                            appl = appl.add(BigInteger.valueOf(frames));
                            applPtr = geometry.advance(applPtr, frames);
                        } else if (random.nextInt(4) == 0) {
                            long frames = random.nextLong(queued + 1);
                            appl = appl.subtract(BigInteger.valueOf(frames));
                            applPtr = geometry.retreat(applPtr, frames);
                        } else {
                            long frames = random.nextLong(queued + 1);
                            hw = hw.add(BigInteger.valueOf(frames));
                            hwPtr = geometry.advance(hwPtr, frames);
                        }
                        assertAgree(geometry, hw, appl, hwPtr, applPtr);
                    }
                });
    }

    private static void assertAgree(
            RingGeometry geometry, BigInteger hw, BigInteger appl, long hwPtr, long applPtr) {
        BigInteger boundary = BigInteger.valueOf(geometry.boundary());
        BigInteger size = BigInteger.valueOf(geometry.bufferSize());
        long queued = appl.subtract(hw).longValueExact();
        assertThat(hwPtr).isEqualTo(hw.mod(boundary).longValueExact());
        assertThat(applPtr).isEqualTo(appl.mod(boundary).longValueExact());
        assertThat(geometry.isPointer(hwPtr) && geometry.isPointer(applPtr)).isTrue();
        assertThat(geometry.offset(hwPtr)).isEqualTo(hw.mod(size).longValueExact());
        assertThat(geometry.playbackAvail(hwPtr, applPtr))
                .isEqualTo(geometry.bufferSize() - queued);
        // seen from a capture client the roles are exchanged: what is queued is what it may read
        long recordedPtr = applPtr;
        long readPtr = hwPtr;
        assertThat(geometry.captureAvail(recordedPtr, readPtr)).isEqualTo(queued);
    }

    @Test
    void availGrowsPastTheBufferWhenTheHardwareOvertakesTheClient() {
        RingGeometry geometry = RingGeometry.of(8000, Long.MAX_VALUE);

        // recorded: hw 8002, everything written was 8000
        assertThat(geometry.playbackAvail(8002, 8000)).isEqualTo(8002);
        assertThat(geometry.playbackAvail(1, geometry.boundary() - 1)).isEqualTo(8002);
    }

    @Test
    void aBoundaryThatWouldTearTheRingIsRefused() {
        assertThatThrownBy(() -> new RingGeometry(1000, 1500))
                .hasMessage("bufferSize=1000, boundary=1500");
    }
}
