package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.HwParam;
import io.pcmshare.core.params.HwConstraints;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.params.HwRefinement;
import io.pcmshare.core.params.Interval;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Each model's whole space, as {@code aplay --dump-hw-params} printed it on Linux 6.1. */
final class DummyModelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"emu10k1", "rme9652", "ice1712", "uda1341", "ac97", "ca0106"})
    void aModelIsAsWideAsTheKernels(String name) throws IOException {
        CardModel model = DummyModels.named(name).orElseThrow();
        HwConstraints constraints = model.hardware().constraints();
        model.constrain(constraints);
        model.hardware().completeInto(constraints);
        HwParamSpace space = new HwParamSpace();

        int answer = new HwRefinement(model.hardware(), constraints).refine(space);

        assertThat(answer).isZero();
        assertThat(print(space)).isEqualTo(recorded(name));
    }

    private static List<String> print(HwParamSpace space) {
        List<String> lines = new ArrayList<>();
        for (HwParam param : HwParam.values()) {
            if (!param.isMask()) {
                lines.add(param + ": " + text(space.interval(param)));
            }
        }
        return lines;
    }

    /** As alsa-lib's snd_interval_print(). */
    private static String text(Interval interval) {
        if (interval.min() == 0 && interval.max() == Interval.UINT_MAX) {
            return "ALL";
        }
        boolean single = interval.isSingle() && interval.integer();
        if (single) {
            return Long.toString(interval.value());
        }
        return (interval.openMin() ? "(" : "[")
                + interval.min()
                + " "
                + interval.max()
                + (interval.openMax() ? ")" : "]");
    }

    private static List<String> recorded(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : recording()) {
            if (line.startsWith("model=")) {
                inside = line.equals("model=" + name);
            } else if (inside && (line.contains("[") || line.contains("(") || isNumber(line))) {
                lines.add(line.replaceAll(" +", " "));
            }
        }
        return lines;
    }

    private static boolean isNumber(String line) {
        return line.matches("[A-Z_]+: +(\\d+|ALL)");
    }

    private static List<String> recording() throws IOException {
        String path = "/io/pcmshare/cards/models-snd-dummy.txt";
        try (InputStream in =
                Objects.requireNonNull(DummyModelsTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
