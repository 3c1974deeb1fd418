package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.DataModel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every operation in every state, 64-bit and 32-bit, against what Linux 6.1 with snd-dummy
 * answered.
 *
 * <p>States and errnos are compared exactly; frame counts where frames move by themselves loosely,
 * since the recording's clock went on between two calls and ours did not.
 */
final class RecordedMatrixTest {
    private static final Pattern HEADING =
            Pattern.compile(
                    "# /dev/snd/pcmC([01])D0[pc] (playback|capture), access (RW|MMAP)_INTERLEAVED,"
                            + " (O_NONBLOCK|blocking), through the opened descriptor; (64|32)-bit"
                            + " program");
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9a-fx])-?\\d{3,}");
    private static final List<String> MOVING =
            List.of("RUNNING", "DRAINING", "SUSPENDED", "PAUSED");
    private static final long LOOSE_FRAMES = 320;

    /** snd-aloop moves by its timer, which an emulated machine lets run late: also for a wait. */
    private static final long LOOSE_FRAMES_OF_A_TIMER = 1500;

    /** One table of a recording. */
    record Table(String file, String heading, List<String> lines) {
        @Override
        public String toString() {
            return file + ": " + heading;
        }
    }

    static Stream<Table> tables() throws IOException {
        List<Table> all = new ArrayList<>(tables("matrix-snd-dummy.txt"));
        all.addAll(tables("matrix-snd-aloop.txt"));
        all.addAll(tables("compat-32bit.txt"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyCellIsAsRecorded(Table table) {
        Matcher heading = HEADING.matcher(table.heading());
        assertThat(heading.matches()).as(table.heading()).isTrue();
        MatrixProgram.Setting setting =
                new MatrixProgram.Setting(
                        heading.group(5).equals("64") ? DataModel.LP64 : DataModel.ILP32,
                        heading.group(1).equals("1"),
                        heading.group(2).equals("capture"),
                        heading.group(3).equals("MMAP"),
                        heading.group(4).equals("blocking"));
        List<String> states = cells(table.lines().getFirst());
        List<String> wrong = new ArrayList<>();
        for (String line : table.lines().subList(1, table.lines().size())) {
            List<String> row = cells(line);
            String operation = row.getFirst();
            for (int i = 1; i < row.size(); i++) {
                String state = states.get(i);
                String kernel = expected(operation, row.get(i));
                String ours = MatrixProgram.cell(setting, state, operation);
                if (!isSame(kernel, ours, state, setting.pausing())) {
                    wrong.add(operation + " in " + state + ": kernel " + kernel + ", ours " + ours);
                }
            }
        }
        assertThat(wrong).as(table.toString()).isEmpty();
    }

    /** A stock kernel knows no anonymous dup; the patched one refuses an unknown mode. */
    private static String expected(String operation, String recorded) {
        return operation.startsWith("ANONYMOUS_DUP") ? "EINVAL" : recorded;
    }

    private static boolean isSame(
            String kernel, @Nullable String ours, String state, boolean byTimer) {
        if (ours == null) {
            return kernel.equals("-");
        }
        if (kernel.equals(ours)) {
            return true;
        }
        boolean moving =
                MOVING.contains(state) || kernel.contains("->RUNNING") || kernel.contains("~");
        if (byTimer) {
            return moving
                    && isNear(
                            kernel.replace("~", ""),
                            ours.replace("~", ""),
                            LOOSE_FRAMES_OF_A_TIMER);
        }
        return moving && isNear(kernel, ours, LOOSE_FRAMES);
    }

    private static boolean isNear(String kernel, String ours, long looseFrames) {
        String ofKernel = NUMBER.matcher(kernel).replaceAll("N");
        return ofKernel.equals(NUMBER.matcher(ours).replaceAll("N"))
                && areNear(numbers(kernel), numbers(ours), looseFrames);
    }

    private static boolean areNear(List<Long> a, List<Long> b, long looseFrames) {
        for (int i = 0; i < a.size(); i++) {
            boolean isErrno = a.get(i) < 0;
            long distance = Math.abs(a.get(i) - b.get(i));
            if (isErrno ? distance != 0 : distance > looseFrames) {
                return false;
            }
        }
        return a.size() == b.size();
    }

    private static List<Long> numbers(String text) {
        return NUMBER.matcher(text).results().map(m -> Long.valueOf(m.group())).toList();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::trim).toList();
    }

    private static List<Table> tables(String name) throws IOException {
        List<Table> tables = new ArrayList<>();
        List<String> lines = lines(name);
        for (int i = 0; i < lines.size(); i++) {
            if (HEADING.matcher(lines.get(i)).matches()) {
                int end = i + 1;
                while (end < lines.size() && lines.get(end).contains("|")) {
                    end++;
                }
                tables.add(new Table(name, lines.get(i), lines.subList(i + 1, end)));
            }
        }
        return tables;
    }

    private static List<String> lines(String name) throws IOException {
        String path = "/io/pcmshare/core/kernel/" + name;
        try (InputStream in =
                Objects.requireNonNull(RecordedMatrixTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
