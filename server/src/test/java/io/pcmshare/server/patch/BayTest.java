package io.pcmshare.server.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
            rig.bay.move(client.stream, rig.device("1,0:playback"));
            rig.runAll();

            byte[] before = rig.heard(first);
            byte[] after = rig.heard(second);
            assertThat(before.length).isGreaterThan(played.length / 3);
            assertThat(after.length).isGreaterThan(played.length / 3);
            assertHeard(concatenated(before, after), played);
        }
    }

    @Test
    void aStreamThatMovesToACardOfAnotherRateIsHeardWhole() throws Exception {
        Path first = out("a.wav");
        Path second = out("b.wav");
        try (BayRig rig =
                new BayRig(DeviceWish.ANY, "wav:out=" + first, "wav:rate=44100,out=" + second)) {
            TestClient client = rig.play(PcmFormat.S16_LE, 2, RATE, ramp(1, FRAMES));
            rig.runUntilMoved(client, FRAMES / 3);
            rig.bay.move(client.stream, rig.device("1,0:playback"));
            rig.runAll();

            long before = rig.heard(first).length / 4;
            long after = rig.heard(second).length / 4;
            assertThat(after).isEqualTo(Math.round((FRAMES - before) * 44_100 / 48_000.0));
        }
    }

    @Test
    void streamsOfACardThatVanishesGoOnElsewhere() throws Exception {
        Path first = out("a.wav");
        Path second = out("b.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + first, "wav:out=" + second)) {
            byte[] played = ramp(1, FRAMES);
            TestClient client = rig.play(PcmFormat.S16_LE, 2, RATE, played);
            rig.runUntilMoved(client, FRAMES / 3);
            rig.system.cards().getFirst().close();
            rig.bay.doWork();
            rig.runAll();

            byte[] after = rig.heard(second);
            assertThat(client.stream.device().name()).isEqualTo("1,0:playback");
            // what was on its way to the first card is lost, and nothing else
            int lost = played.length - after.length - rig.heard(first).length;
            assertThat(lost / 4).isBetween(0, 5 * RATE / 100);
            assertHeard(
                    after, Arrays.copyOfRange(played, played.length - after.length, played.length));
        }
    }

    @Test
    void aStreamWithoutAnyDeviceLeftEndsAsDisconnected() throws Exception {
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out("a.wav"))) {
            TestClient client = rig.play(PcmFormat.S16_LE, 2, RATE, ramp(1, FRAMES));
            rig.runUntilMoved(client, FRAMES / 3);
            rig.system.cards().getFirst().close();
            rig.bay.doWork();
            rig.lockstep.elapse(20_000_000);
            assertThat(client.stream.file().state()).isEqualTo(PcmState.DISCONNECTED);
        }
    }

    @Test
    void whatIsPlayedWithLowLatencyIsHeardSoonerAndToTheBit() throws Exception {
        Path out = out("a.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
            byte[] silence = new byte[FRAMES * 8];
            TestClient other = rig.play(PcmFormat.S16_LE, 2, RATE, silence);
            rig.runUntilMoved(other, 4800);
            byte[] played = ramp(1, FRAMES / 2);
            Voice voice = Voice.of(PcmFormat.S16_LE, 2, RATE);
            TestClient late = rig.play(StreamWish.Mode.LOW_LATENCY, voice, 240, played);
            rig.runUntilMoved(late, 2400);

            long ahead = late.stream.file().status().delay() - queued(late);
            long otherAhead = other.stream.file().status().delay() - queued(other);
            assertThat(ahead).isLessThanOrEqualTo(RATE / 100);
            assertThat(otherAhead).isGreaterThan(3 * RATE / 100);
            rig.runAll();
            byte[] heard = rig.heard(out);
            int begin = 0;
            while (heard[begin] == 0) {
                begin++;
            }
            assertHeard(Arrays.copyOfRange(heard, begin, begin + played.length), played);
        }
    }

    @Test
    void whatIsPlayedWithLowLatencyAndAloneIsHeardToTheBitWhateverItsPeriod() throws Exception {
        for (long periodSize : new long[] {64, 240, 960, 4800}) {
            Path out = out("a" + periodSize + ".wav");
            try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
                byte[] played = ramp(1, FRAMES);
                Voice voice = Voice.of(PcmFormat.S16_LE, 2, RATE);
                rig.play(StreamWish.Mode.LOW_LATENCY, voice, periodSize, played);
                rig.runAll();

                assertThat(rig.device("0,0:playback").xruns()).isZero();
                byte[] heard = rig.heard(out);
                int begin = 0;
                while (heard[begin] == 0) {
                    begin++;
                }
                assertHeard(Arrays.copyOfRange(heard, begin, begin + played.length), played);
            }
        }
    }

    private static long queued(TestClient client) {
        PcmFile file = client.stream.file();
        return file.status().applPtr() - file.status().hwPtr();
    }

    @Test
    void manyHearWhatADeviceRecords() throws Exception {
        Path in = out("in.wav");
        byte[] recorded = ramp(1, FRAMES);
        try (WavOut wav = new WavOut(in, 2, RATE)) {
            wav.write(recorded);
        }
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:in=" + in)) {
            Voice voice = Voice.of(PcmFormat.S16_LE, 2, RATE);
            TestClient one = rig.record(StreamWish.Kind.CAPTURE, voice, FRAMES / 2);
            TestClient two = rig.record(StreamWish.Kind.CAPTURE, voice, FRAMES / 3);
            TestClient fine =
                    rig.record(
                            StreamWish.Kind.CAPTURE,
                            Voice.of(PcmFormat.FLOAT_LE, 1, 2 * RATE),
                            FRAMES / 4);
            rig.runAll();

            assertHeard(bytes(one), Arrays.copyOf(recorded, FRAMES / 2 * 4));
            assertHeard(bytes(two), Arrays.copyOf(recorded, FRAMES / 3 * 4));
            // left and right are each other's negative: of both together nothing is left
            assertHeard(bytes(fine), new byte[FRAMES / 4 * 4]);
        }
    }

    @Test
    void aMonitorHearsWhatIsPlayedAndSilenceOtherwise() throws Exception {
        Path out = out("a.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
            Voice voice = Voice.of(PcmFormat.S16_LE, 2, RATE);
            TestClient monitor = rig.record(StreamWish.Kind.MONITOR, voice, 2 * FRAMES);
            rig.runUntilMoved(monitor, 1000);
            byte[] played = ramp(1, FRAMES);
            rig.play(PcmFormat.S16_LE, 2, RATE, played);
            rig.runAll();

            byte[] heard = bytes(monitor);
            byte[] device = rig.heard(out);
            assertHeard(Arrays.copyOf(device, 8000), new byte[8000]);
            int begin = 0;
            while (heard[begin] == 0) {
                begin++;
            }
            assertHeard(Arrays.copyOfRange(heard, begin, begin + played.length), played);
        }
    }

    @Test
    void aClientsFloatsThatAreNoNumbersHurtNobodyElse() throws Exception {
        Path out = out("a.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
            ByteBuffer bad = ByteBuffer.allocate(FRAMES * 8).order(ByteOrder.LITTLE_ENDIAN);
            while (bad.hasRemaining()) {
                bad.putFloat(Float.NaN);
            }
            byte[] played = ramp(1, FRAMES);
            rig.play(PcmFormat.FLOAT_LE, 2, RATE, bad.array());
            rig.play(PcmFormat.S16_LE, 2, RATE, played);
            rig.runAll();
            // a float may have more bits than the device hears: then there is dither
            ByteBuffer heard = ByteBuffer.wrap(rig.heard(out)).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer wanted = ByteBuffer.wrap(played).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < played.length; i += 2) {
                assertThat(heard.getShort(i) - wanted.getShort(i)).isBetween(-2, 2);
            }
        }
    }

    @Test
    void aVolumeThatChangesMakesNoStep() throws Exception {
        Path out = out("a.wav");
        try (BayRig rig = new BayRig(DeviceWish.ANY, "wav:out=" + out)) {
            ByteBuffer constant = ByteBuffer.allocate(FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
            while (constant.hasRemaining()) {
                constant.putShort((short) 20_000);
            }
            TestClient client = rig.play(PcmFormat.S16_LE, 2, RATE, constant.array());
            rig.runUntilMoved(client, FRAMES / 4);
            Objects.requireNonNull(client.stream.fader()).decibels(-20);
            rig.runUntilMoved(client, FRAMES / 2);
            Objects.requireNonNull(client.stream.fader()).muted(true);
            rig.runAll();

            ByteBuffer heard = ByteBuffer.wrap(rig.heard(out)).order(ByteOrder.LITTLE_ENDIAN);
            int before = heard.getShort(0);
            int greatest = 0;
            for (int i = 0; i < FRAMES * 4; i += 4) {
                greatest = Math.max(greatest, Math.abs(heard.getShort(i) - before));
                before = heard.getShort(i);
            }
            assertThat(greatest).isLessThan(300);
            assertThat(heard.getShort(FRAMES * 2 - 8)).isBetween((short) 1990, (short) 2010);
            assertThat(heard.getShort(FRAMES * 4 - 4)).isZero();
        }
    }

    @Test
    void mixingAllocatesNothing() throws Exception {
        try (BayRig rig = new BayRig(DeviceWish.ANY, "null", "null")) {
            byte[] samples = new byte[RATE * 4];
            Voice other = Voice.of(PcmFormat.S16_LE, 2, 44_100);
            List<TestClient> clients =
                    List.of(
                            rig.play(StreamWish.Mode.SHARED, other, 0, samples),
                            rig.play(StreamWish.Mode.LOW_LATENCY, other, 0, samples),
                            rig.record(
                                    StreamWish.Kind.CAPTURE,
                                    Voice.of(PcmFormat.FLOAT_LE, 1, 16_000),
                                    RATE),
                            rig.record(StreamWish.Kind.MONITOR, other, RATE));
            rig.runUntilMoved(clients.getFirst(), 4410);
            clients.forEach(TestClient::runOnWhateverHappens);
            long before = clients.getFirst().moved();

            long bytes =
                    Allocations.bytesOnceWarm(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    rig.lockstep.elapse(10_000_000);
                                }
                            });

            assertThat(bytes).isZero();
            assertThat(clients.getFirst().moved()).isGreaterThan(before + 44_000);
        }
    }

    private static byte[] bytes(TestClient client) {
        return client.samples().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
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
