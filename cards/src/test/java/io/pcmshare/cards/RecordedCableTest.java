package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ends of a cable against the kernel's: each line of the recording is a command and what
 * snd-aloop answered, {@code a} the player on device 0, {@code b} the recorder on device 1.
 */
final class RecordedCableTest {
    private final ManualClock clock = new ManualClock();
    private final Map<String, PcmFile> files = new HashMap<>();
    private final SoundSystem system;
    private final TestMixer mixer;

    RecordedCableTest() throws IOException {
        system =
                SoundSystem.create(
                        List.of(CardSpec.of(CardKind.LOOPBACK)), clock, new ArenaRegions());
        mixer = new TestMixer(system.cards().getFirst());
    }

    @Test
    void everyAnswerIsTheKernels() throws IOException {
        List<String> recorded = recording();
        List<String> answered = new ArrayList<>();
        for (String line : recorded) {
            answered.add(line.startsWith("#") ? line : answer(line.replaceAll(" =.*", "")));
        }

        assertThat(answered).isEqualTo(recorded);
        system.close();
    }

    private String answer(String command) {
        String[] words = command.split(" ");
        return switch (words[0]) {
            case "wait" -> {
                clock.advance(Integer.parseInt(words[1]) * 1_000_000L);
                system.cards().getFirst().card().tick();
                yield command;
            }
            case "notify" ->
                    command + " = " + mixer.write(1, "PCM Notify", Integer.parseInt(words[1]));
            case "shown" -> command + " = " + mixer.shown();
            default -> act(command, words[0], words);
        };
    }

    private String act(String command, String end, String[] words) {
        if (words[1].equals("open")) {
            List<PcmDevice> devices = system.cards().getFirst().card().devices();
            files.put(
                    end,
                    end.equals("a")
                            ? Streams.open(devices.getFirst(), PcmStream.PLAYBACK, 0)
                            : Streams.open(devices.getLast(), PcmStream.CAPTURE, 0));
            return command;
        }
        PcmFile file = Objects.requireNonNull(files.get(end), command);
        if (words[1].equals("close")) {
            file.close();
            return command;
        }
        return command + " = " + ask(file, words);
    }

    private static String ask(PcmFile file, String[] words) {
        return switch (words[1]) {
            case "refine" -> refined(file);
            case "state" -> String.valueOf(file.state().code());
            case "hw" ->
                    String.valueOf(
                            file.hwParams(
                                    Streams.params(
                                            Objects.requireNonNull(PcmFormat.of(number(words, 2))),
                                            number(words, 3),
                                            number(words, 4),
                                            480,
                                            1920)));
            case "write" ->
                    String.valueOf(
                            file.transfer(Streams.from(new byte[65536], 0), number(words, 2)));
            case "read" ->
                    String.valueOf(
                            file.transfer(Streams.into(new byte[65536], 0), number(words, 2)));
            case "pause" ->
                    String.valueOf(number(words, 2) == 1 ? file.pause() : file.pauseRelease());
            case "prepare" -> String.valueOf(file.prepare());
            case "start" -> String.valueOf(file.start());
            case "drop" -> String.valueOf(file.drop());
            case "free" -> String.valueOf(file.hwFree());
            default -> throw new AssertionError(words[1]);
        };
    }

    private static int number(String[] words, int at) {
        return Integer.parseInt(words[at]);
    }

    private static String refined(PcmFile file) {
        HwParamSpace space = new HwParamSpace();
        Streams.check(file.hwRefine(space));
        Interval rate = space.interval(HwParam.RATE);
        Interval channels = space.interval(HwParam.CHANNELS);
        return "rate %d-%d channels %d-%d formats %x%08x"
                .formatted(
                        rate.min(),
                        rate.max(),
                        channels.min(),
                        channels.max(),
                        space.mask(HwParam.FORMAT) >>> 32,
                        space.mask(HwParam.FORMAT) & 0xffff_ffffL);
    }

    private static List<String> recording() throws IOException {
        String path = "/io/pcmshare/cards/cable-snd-aloop.txt";
        try (InputStream in =
                Objects.requireNonNull(RecordedCableTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
