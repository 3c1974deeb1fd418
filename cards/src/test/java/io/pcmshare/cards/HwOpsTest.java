package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The drivers of a card of the machine over a device that is one of our own cards; its clock may be
 * another than ours, as that of a real device is.
 */
@NoFdLeaks
@Timeout(120)
final class HwOpsTest {
    private static final int RATE = 8000;

    private final ManualClock clock = new ManualClock();
    private final ManualClock deviceClock = new ManualClock();
    private final Card card = new Card(0, "HW", "Hardware", clock, new ArenaRegions());

    @TempDir Path dir;

    private SoundSystem machine(String spec) throws IOException {
        return SoundSystem.create(
                CardSpec.parseAll(List.of(spec)), deviceClock, new ArenaRegions());
    }

    private static PcmDevice device(SoundSystem machine) {
        return machine.cards().getFirst().card().devices().getFirst();
    }

    private PcmFile play(FakeNode node) {
        CardModel model = Objects.requireNonNull(HwModel.bounds(node));
        HwPlaybackOps ops = new HwPlaybackOps(node, model);
        PcmDevice device = card.addDevice("hw", "hw");
        ops.stream(device.addSubstream(PcmStream.PLAYBACK, ops));
        return Streams.open(device, PcmStream.PLAYBACK, PcmDevice.ANY_SUBDEVICE);
    }

    private PcmFile record(FakeNode node) {
        CardModel model = Objects.requireNonNull(HwModel.bounds(node));
        HwCaptureOps ops = new HwCaptureOps(node, model);
        PcmDevice device = card.addDevice("hw", "hw");
        ops.stream(device.addSubstream(PcmStream.CAPTURE, ops));
        return Streams.open(device, PcmStream.CAPTURE, PcmDevice.ANY_SUBDEVICE);
    }

    private void pass(SoundSystem machine, long nanos, long deviceNanos) {
        clock.advance(nanos);
        deviceClock.advance(deviceNanos);
        machine.cards().getFirst().card().tick();
        card.tick();
    }

    private static byte[] noise(int frames) {
        byte[] samples = new byte[frames * 4];
        new SplittableRandom(frames).nextBytes(samples);
        return samples;
    }

    /** In steps of 2 ms of a device whose clock is so many millionths faster than ours. */
    private void playAll(SoundSystem machine, PcmFile file, byte[] samples, int faster) {
        int written = 0;
        for (int i = 0; i < 100_000 && file.state() != PcmState.SETUP; i++) {
            int left = (samples.length - written) / 4;
            if (left > 0) {
                long frames = file.transfer(Streams.from(samples, written), left);
                written += (int) Math.max(0, frames) * 4;
            } else if (file.state() != PcmState.DRAINING) {
                Streams.check(file.drainStart());
            }
            pass(machine, 2_000_000, 2_000_000 + 2L * faster);
        }
        assertThat(file.state()).isEqualTo(PcmState.SETUP);
    }

    @Test
    void whatIsPlayedIsHeardToTheByteWhateverTheDevicesClock() {
        Seeds.forEach(
                30,
                random -> {
                    try {
                        play(random);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private void play(SplittableRandom random) throws IOException {
        Path out = dir.resolve("out.wav");
        byte[] samples = noise(3000 + random.nextInt(3000));
        byte[] more = noise(10 + random.nextInt(3000));
        long period = 20L + random.nextInt(1000);
        try (SoundSystem machine = machine("wav:out=" + out);
                FakeNode node = new FakeNode(device(machine), PcmStream.PLAYBACK)) {
            PcmFile file = play(node);
            HwParamSpace params = Streams.params(PcmFormat.S16_LE, 2, RATE, period, period * 4);
            Streams.prepare(file, params);
            int faster = random.nextInt(-20_000, 20_000);
            playAll(machine, file, samples, faster);
            // begins while the end of the one before is heard yet
            Streams.check(file.prepare());
            playAll(machine, file, more, faster);
            file.close();
            for (int i = 0; i < 1000; i++) {
                pass(machine, 1_000_000, 1_000_000);
            }
        }
        try (WavFile wav = WavFile.open(out)) {
            byte[] heard = wav.samples().toArray(ValueLayout.JAVA_BYTE);
            byte[] both = Arrays.copyOf(samples, samples.length + more.length);
            System.arraycopy(more, 0, both, samples.length, more.length);
            assertThat(heard.length).isEqualTo(both.length);
            assertThat(Arrays.mismatch(heard, both)).isEqualTo(-1);
        }
    }

    @Test
    void whatIsRecordedIsTheDevicesToTheByte() throws IOException {
        Path in = dir.resolve("in.wav");
        byte[] samples = noise(5000);
        try (WavRecorder recorder = new WavRecorder(in, new WavFormat(PcmFormat.S16_LE, 2, RATE))) {
            recorder.write(nativeCopy(samples), 0, samples.length);
        }
        byte[] heard = new byte[samples.length];
        try (SoundSystem machine = machine("wav:in=" + in);
                FakeNode node = new FakeNode(device(machine), PcmStream.CAPTURE);
                PcmFile file = record(node)) {
            Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 200, 800));
            Streams.check(file.start());
            int read = 0;
            for (int i = 0; i < 10_000 && read < heard.length; i++) {
                pass(machine, 2_000_000, 2_010_000);
                long frames = file.transfer(Streams.into(heard, read), (heard.length - read) / 4);
                read += (int) Math.max(0, frames) * 4;
            }
            assertThat(read).isEqualTo(heard.length);
        }
        assertThat(Arrays.mismatch(heard, samples)).isEqualTo(-1);
    }

    private static java.lang.foreign.MemorySegment nativeCopy(byte[] samples) {
        var memory = java.lang.foreign.Arena.ofAuto().allocate(samples.length);
        java.lang.foreign.MemorySegment.copy(
                samples, 0, memory, ValueLayout.JAVA_BYTE, 0, samples.length);
        return memory;
    }

    @Test
    void theDevicesAnswerNarrowsEveryRefinement() throws IOException {
        try (SoundSystem machine = machine("null:model=uda1341");
                FakeNode node = new FakeNode(device(machine), PcmStream.PLAYBACK);
                FakeNode other = new FakeNode(device(machine), PcmStream.PLAYBACK);
                PcmFile file = play(node)) {
            Seeds.forEach(
                    200,
                    random -> {
                        long seed = random.nextLong();
                        HwParamSpace ours = question(new SplittableRandom(seed));
                        HwParamSpace theirs = question(new SplittableRandom(seed));
                        int answer = file.hwRefine(ours);
                        assertThat(answer).isEqualTo(other.hwRefine(theirs));
                        for (HwParam param : HwParam.values()) {
                            if (answer == 0 && param == HwParam.FORMAT) {
                                assertThat(ours.mask(param)).isEqualTo(theirs.mask(param));
                            } else if (answer == 0 && !param.isMask()) {
                                assertThat(ours.interval(param).toString())
                                        .as(param.name())
                                        .isEqualTo(theirs.interval(param).toString());
                            }
                        }
                    });
        }
    }

    private static HwParamSpace question(SplittableRandom random) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.ACCESS, 1L << 3);
        for (HwParam param :
                List.of(HwParam.RATE, HwParam.PERIOD_SIZE, HwParam.PERIODS, HwParam.BUFFER_SIZE)) {
            if (random.nextInt(3) == 0) {
                long least = 1L + random.nextInt(param == HwParam.RATE ? 50_000 : 3000);
                space.interval(param).setRange(least, least + random.nextInt(5000));
            }
        }
        return space;
    }

    @Test
    void anXrunOfTheDeviceIsOnesOwn() throws IOException {
        try (SoundSystem machine = machine("null");
                FakeNode node = new FakeNode(device(machine), PcmStream.PLAYBACK);
                PcmFile file = play(node)) {
            Streams.prepare(file, Streams.params(PcmFormat.S16_LE, 2, RATE, 2000, 8000));
            Streams.check(file.transfer(Streams.from(noise(8000), 0), 8000));
            for (int i = 0; i < 50; i++) {
                pass(machine, 2_000_000, 2_000_000);
            }
            assertThat(file.state()).isEqualTo(PcmState.RUNNING);
            assertThat(file.status().delay())
                    .as("with what the device holds")
                    .isEqualTo(7200 + 320);

            pass(machine, 100_000_000, 100_000_000);

            assertThat(file.state()).isEqualTo(PcmState.XRUN);
            assertThat(file.substream().xruns()).isEqualTo(1);
            Streams.check(file.prepare());
            Streams.check(file.transfer(Streams.from(noise(8000), 0), 8000));
            pass(machine, 2_000_000, 2_000_000);
            assertThat(file.state()).isEqualTo(PcmState.RUNNING);
        }
    }

    @Test
    void aDeviceThatIsUnpluggedIsGone() throws IOException {
        try (SoundSystem machine = machine("null");
                FakeNode out = new FakeNode(device(machine), PcmStream.PLAYBACK);
                FakeNode in = new FakeNode(device(machine), PcmStream.CAPTURE);
                PcmFile player = play(out);
                PcmFile recorder = record(in)) {
            Streams.prepare(player, Streams.params(PcmFormat.S16_LE, 2, RATE, 2000, 8000));
            Streams.prepare(recorder, Streams.params(PcmFormat.S16_LE, 2, RATE, 2000, 8000));
            Streams.check(player.transfer(Streams.from(noise(8000), 0), 8000));
            Streams.check(recorder.start());
            pass(machine, 2_000_000, 2_000_000);

            machine.cards().getFirst().card().disconnect();
            pass(machine, 2_000_000, 2_000_000);

            assertThat(player.state()).isEqualTo(PcmState.DISCONNECTED);
            assertThat(recorder.state()).isEqualTo(PcmState.DISCONNECTED);
        }
    }

    @Test
    void virtualTimeIsNotTheMachines() {
        assertThatThrownBy(
                        () ->
                                SoundSystem.create(
                                        CardSpec.parseAll(List.of("hw:0")),
                                        clock,
                                        new ArenaRegions()))
                .isInstanceOf(CardSpecException.class)
                .hasMessageContaining("it needs the real clock");
    }

    @Test
    void aCardThatIsNotThereIsASentence() {
        assertThatThrownBy(
                        () ->
                                SoundSystem.create(
                                        CardSpec.parseAll(List.of("null", "hw:31")),
                                        new RealClock(),
                                        new ArenaRegions()))
                .isInstanceOf(CardSpecException.class)
                .hasMessageStartingWith("Card \"hw:31\": ")
                .hasMessageContaining("/dev/snd");
    }
}
