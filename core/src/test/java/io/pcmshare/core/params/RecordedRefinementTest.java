package io.pcmshare.core.params;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of Linux 6.1 with snd-dummy, recorded in {@code probes-snd-dummy.txt}. */
final class RecordedRefinementTest {
    private static final Pattern QUESTION =
            Pattern.compile("  set ((?:interval\\d+=\\[\\d+ \\d+\\] )+)-> (\\w+)");
    private static final Pattern BOUND = Pattern.compile("interval(\\d+)=\\[(\\d+) (\\d+)\\]");
    private static final int FIRST_INTERVAL = 8;

    /** The kernel's snd-dummy. */
    static final PcmHardware DUMMY =
            new PcmHardware(
                    PcmInfoFlag.MMAP
                            | PcmInfoFlag.MMAP_VALID
                            | PcmInfoFlag.INTERLEAVED
                            | PcmInfoFlag.RESUME,
                    PcmFormat.U8.maskBit() | PcmFormat.S16_LE.maskBit(),
                    List.of(),
                    5500,
                    48000,
                    1,
                    2,
                    65536,
                    64,
                    65536,
                    1,
                    1024,
                    0);

    @Test
    void everyRecordedVectorIsAnsweredAsTheKernelDid() throws IOException {
        List<String> lines = recording();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher question = QUESTION.matcher(lines.get(i));
            if (!question.matches()) {
                continue;
            }
            asked++;
            HwParamSpace space = ask(question.group(1));
            int answer = refinement().refine(space);
            boolean refused = question.group(2).equals("EINVAL");
            if (refused != answer < 0) {
                wrong.add(lines.get(i) + " answered " + answer);
            } else if (!refused) {
                List<String> expected = lines.subList(i + 1, i + 17);
                List<String> actual = print(space);
                if (!actual.equals(expected)) {
                    wrong.add(lines.get(i) + "\n" + difference(expected, actual));
                }
            }
        }
        assertThat(asked).as("recorded vectors").isGreaterThanOrEqualTo(18);
        assertThat(wrong).isEmpty();
    }

    @Test
    void anUndecidedSpaceIsDecidedAsTheKernelDoes() throws IOException {
        List<String> lines = recording();
        int at = lines.indexOf("  HW_PARAMS of everything (nothing chosen) 0");
        HwParamSpace space = new HwParamSpace();

        int answer = refinement().choose(space);

        assertThat(answer).isZero();
        assertThat(print(space)).isEqualTo(lines.subList(at + 1, at + 17));
    }

    @Test
    void nothingIsRefinedWhenNothingIsAskedAbout() {
        HwParamSpace space = new HwParamSpace();
        space.rmask(0);

        int answer = refinement().refine(space);

        assertThat(answer).isZero();
        assertThat(space.cmask()).isZero();
        assertThat(space.mask(HwParam.FORMAT)).isEqualTo(-1L);
        assertThat(space.info()).isEqualTo(0x40103);
    }

    private static HwRefinement refinement() {
        HwConstraints constraints = DUMMY.constraints();
        DUMMY.completeInto(constraints);
        return new HwRefinement(DUMMY, constraints);
    }

    private static HwParamSpace ask(String bounds) {
        HwParamSpace space = new HwParamSpace();
        Matcher bound = BOUND.matcher(bounds);
        while (bound.find()) {
            int code = FIRST_INTERVAL + Integer.parseInt(bound.group(1));
            long min = Long.parseLong(bound.group(2));
            long max = Long.parseLong(bound.group(3));
            space.interval(Objects.requireNonNull(HwParam.of(code))).setRange(min, max);
        }
        return space;
    }

    private static List<String> print(HwParamSpace space) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        "    flags=%s rmask=0 cmask=0x%x info=0x%x msbits=%d rate=%d/%d"
                                + " fifo_size=%d",
                        space.flags(),
                        space.cmask(),
                        space.info(),
                        space.msbits(),
                        space.rateNum(),
                        space.rateDen(),
                        space.fifoSize()));
        for (HwParam param : HwParam.values()) {
            if (param.isMask()) {
                boolean cut = space.isChoiceMade(param);
                lines.add(
                        String.format(
                                "      %-12s %08x %08x %s",
                                param,
                                (int) space.mask(param),
                                (int) (space.mask(param) >>> 32),
                                cut ? "00000000..00000000" : "ffffffff..ffffffff"));
            } else {
                lines.add(String.format("      %-12s %s", param, space.interval(param)));
            }
        }
        return lines;
    }

    private static String difference(List<String> expected, List<String> actual) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                text.append("kernel: ").append(expected.get(i));
                text.append("\n  ours: ").append(actual.get(i)).append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> recording() throws IOException {
        String name = "/io/pcmshare/core/kernel/probes-snd-dummy.txt";
        try (InputStream in =
                Objects.requireNonNull(RecordedRefinementTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
