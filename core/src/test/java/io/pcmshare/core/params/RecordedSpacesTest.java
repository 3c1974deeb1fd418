package io.pcmshare.core.params;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Random spaces, narrowed and decided by Linux 6.1 ({@code src/test/c/record-spaces.c}): every bit
 * of what HW_REFINE and HW_PARAMS answered, refusals included. Also where HW_PARAMS refuses a space
 * that HW_REFINE found to have a solution, because the order of its choices leads to a dead end.
 */
final class RecordedSpacesTest {
    private static final int FIRST_INTERVAL = 8;
    private static final int OPEN_MIN = 1;
    private static final int OPEN_MAX = 2;
    private static final int INTEGER = 4;
    private static final int EMPTY = 8;

    /** The devices that were asked. */
    enum Device {
        DUMMY("spaces-snd-dummy.txt"),
        ALOOP("spaces-snd-aloop.txt");

        private final String recording;

        Device(String recording) {
            this.recording = recording;
        }

        HwRefinement refinement() {
            PcmHardware hardware = this == DUMMY ? RecordedRefinementTest.DUMMY : aloop();
            HwConstraints constraints = hardware.constraints();
            if (this == ALOOP) {
                constraints.integer(HwParam.PERIODS);
            }
            hardware.completeInto(constraints);
            return new HwRefinement(hardware, constraints);
        }
    }

    private static PcmHardware aloop() {
        long formats =
                Stream.of(
                                PcmFormat.S16_LE,
                                PcmFormat.S16_BE,
                                PcmFormat.S24_LE,
                                PcmFormat.S24_BE,
                                PcmFormat.S32_LE,
                                PcmFormat.S32_BE,
                                PcmFormat.FLOAT_LE,
                                PcmFormat.FLOAT_BE,
                                PcmFormat.S24_3LE,
                                PcmFormat.S24_3BE)
                        .mapToLong(PcmFormat::maskBit)
                        .sum();
        int info =
                PcmInfoFlag.MMAP
                        | PcmInfoFlag.MMAP_VALID
                        | PcmInfoFlag.INTERLEAVED
                        | PcmInfoFlag.PAUSE
                        | PcmInfoFlag.RESUME;
        int mib = 1 << 20;
        return new PcmHardware(
                info, formats, List.of(), 8000, 192_000, 1, 32, 2L * mib, 64, mib, 1, 1024, 0);
    }

    @ParameterizedTest
    @EnumSource(Device.class)
    void everySpaceIsNarrowedAndDecidedAsTheKernelDid(Device device) throws IOException {
        HwRefinement refinement = device.refinement();
        List<String> lines = recording(device.recording);
        List<String> wrong = new ArrayList<>();
        int deadEnds = 0;
        for (int i = 0; i < lines.size(); i += 3) {
            HwParamSpace refined = question(lines.get(i));
            String ours = "refine " + answer(refinement.refine(refined), refined);
            HwParamSpace chosen = question(lines.get(i));
            String choice = "choose " + answer(refinement.choose(chosen), chosen);
            if (!ours.equals(lines.get(i + 1)) || !choice.equals(lines.get(i + 2))) {
                wrong.add(String.join("\n", lines.subList(i, i + 3)) + "\n" + ours + "\n" + choice);
            }
            boolean offered = lines.get(i + 1).startsWith("refine 0");
            deadEnds += offered && !lines.get(i + 2).startsWith("choose 0") ? 1 : 0;
        }
        assertThat(lines.size() / 3).as("spaces").isGreaterThanOrEqualTo(280);
        assertThat(wrong).isEmpty();
        assertThat(deadEnds).as("refused by HW_PARAMS only").isPositive();
    }

    private static HwParamSpace question(String line) {
        HwParamSpace space = new HwParamSpace();
        for (String word : line.substring(2).split(" ", -1)) {
            String[] parts = word.substring(1).split("[=,:]", -1);
            int index = Integer.parseInt(parts[0]);
            if (word.startsWith("m")) {
                long high = Long.parseLong(parts[1], 16);
                space.mask(param(index), high << 32 | Long.parseLong(parts[2], 16));
            } else {
                int flags = Integer.parseInt(parts[3]);
                space.interval(param(FIRST_INTERVAL + index))
                        .set(
                                Long.parseLong(parts[1]),
                                Long.parseLong(parts[2]),
                                (flags & OPEN_MIN) != 0,
                                (flags & OPEN_MAX) != 0,
                                (flags & INTEGER) != 0,
                                false);
            }
        }
        return space;
    }

    private static HwParam param(int code) {
        return Objects.requireNonNull(HwParam.of(code), () -> "code=" + code);
    }

    private static String answer(int answer, HwParamSpace space) {
        if (answer < 0) {
            return Errno.nameOf(-answer);
        }
        StringBuilder text = new StringBuilder("0");
        text.append(
                String.format(
                        " %x %x %d %d/%d %d",
                        space.cmask(),
                        space.info(),
                        space.msbits(),
                        space.rateNum(),
                        space.rateDen(),
                        space.fifoSize()));
        for (HwParam param : HwParam.values()) {
            if (param.isMask()) {
                long bits = space.mask(param);
                text.append(String.format(" %x:%x", (int) (bits >>> 32), (int) bits));
            } else {
                Interval v = space.interval(param);
                int flags =
                        (v.openMin() ? OPEN_MIN : 0)
                                | (v.openMax() ? OPEN_MAX : 0)
                                | (v.integer() ? INTEGER : 0)
                                | (v.empty() ? EMPTY : 0);
                text.append(" ").append(v.min()).append(",").append(v.max()).append(",");
                text.append(flags);
            }
        }
        return text.toString();
    }

    private static List<String> recording(String name) throws IOException {
        String path = "/io/pcmshare/core/kernel/" + name;
        try (InputStream in =
                Objects.requireNonNull(RecordedSpacesTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
