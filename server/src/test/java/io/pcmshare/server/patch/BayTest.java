package io.pcmshare.server.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** What clients play is what devices hear, whatever becomes of either meanwhile. */
@NoFdLeaks
@Timeout(60)
final class BayTest {
    private static final int RATE = 48_000;
    private static final int FRAMES = 20_000;

    @TempDir Path folder;

    private Path out(String name) {
        return folder.resolve(name);
    }

    @Test
    void oneStreamInTheDevicesFormatIsHeardToTheBit() throws Exception {
        Path out = out("a.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
            byte[] played = ramp(1, FRAMES);
            rig.play(PcmFormat.S16_LE, 2, RATE, played);
            rig.runAll();
            assertHeard(rig.heard(out), played);
        }
    }

    @Test
    void aStreamThatMovesToAnotherCardLosesAndRepeatsNoFrame() throws Exception {
        Path first = out("a.wav");
        Path second = out("b.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + first, "wav:out=" + second)) {
            byte[] played = ramp(1, FRAMES);
            TestClient client = rig.play(PcmFormat.S16_LE, 2, RATE, played);
            rig.runUntilMoved(client, FRAMES / 3);
            rig.bay.move(client.stream, rig.bay.device("1,0:playback"));
            rig.runAll();

            byte[] before = rig.heard(first);
            byte[] after = rig.heard(second);
            assertThat(before.length).isGreaterThan(played.length / 3);
            assertThat(after.length).isGreaterThan(played.length / 3);
            assertHeard(concatenated(before, after), played);
        }
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] ramp(int from, int frames) {
        ByteBuffer bytes = ByteBuffer.allocate(frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            bytes.putShort((short) (from + i)).putShort((short) -(from + i));
        }
        return bytes.array();
    }

    private static void assertHeard(byte[] heard, byte[] expected) {
        assertThat(Arrays.mismatch(heard, expected)).as("first byte that differs").isEqualTo(-1);
        assertThat(heard.length).as("bytes").isEqualTo(expected.length);
    }
}
