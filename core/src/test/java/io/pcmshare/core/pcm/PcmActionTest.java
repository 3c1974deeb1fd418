package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.TstampMode;
import io.pcmshare.abi.TstampType;
import io.pcmshare.core.params.HwParamSpace;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of Linux 6.1 with snd-dummy to each operation in each state, recorded in {@code
 * matrix-snd-dummy.txt}. States are reached as the recording's program reaches them.
 */
final class PcmActionTest {
    private static final int PERIOD = 1000;
    private static final int BUFFER = 8000;
    private static final int HALF = BUFFER / 2;

    /** The recording's clock went on while it looked: some frames here, a few periods there. */
    private static final long COUNT_TOLERANCE = 300;

    private static final Pattern CELL =
            Pattern.compile("(\\w+)(?:\\((?:result|frames)=(-?\\d+)\\))?(?:->(\\w+))?");

    /** Answers of operations: 0, a count, or a negated errno. */
    private static final Map<String, ToLongFunction<PcmFile>> OPERATIONS = operations();

    private static Map<String, ToLongFunction<PcmFile>> operations() {
        Map<String, ToLongFunction<PcmFile>> all = new LinkedHashMap<>();
        all.put("HW_REFINE any", f -> f.hwRefine(new HwParamSpace()));
        all.put("HW_REFINE 4000ch", f -> f.hwRefine(impossible()));
        all.put("HW_PARAMS 4000ch", f -> f.hwParams(impossible()));
        all.put("HW_FREE", PcmFile::hwFree);
        all.put("SW_PARAMS", f -> f.swParams(defaults()));
        all.put("SW_PARAMS avail_min=0", f -> f.swParams(defaults().withAvailMin(0)));
        all.put("SW_PARAMS stop_thr=1", f -> f.swParams(defaults().withStopThreshold(1)));
        all.put("STATUS", f -> f.status().overrange());
        all.put("HWSYNC", PcmFile::hwsync);
        all.put("SYNC_PTR appl=LONG_MAX", f -> f.applPtr(Long.MAX_VALUE));
        all.put("SYNC_PTR appl+10", f -> f.applPtr(f.status().applPtr() + 10));
        all.put("PREPARE", PcmFile::prepare);
        all.put("RESET", PcmFile::reset);
        all.put("START", PcmFile::start);
        all.put("DROP", PcmFile::drop);
        // O_NONBLOCK's EAGAIN is the caller's: here a drain only begins
        all.put("DRAIN", f -> begun(f.drainStart()));
        all.put("PAUSE(1)", PcmFile::pause);
        all.put("PAUSE(0)", PcmFile::pauseRelease);
        all.put("REWIND 0", f -> f.rewind(0));
        all.put("REWIND 10", f -> f.rewind(10));
        all.put("REWIND 100000", f -> f.rewind(100_000));
        all.put("FORWARD 10", f -> f.forward(10));
        all.put("FORWARD 100000", f -> f.forward(100_000));
        all.put("RESUME", PcmActionTest::resume);
        all.put("XRUN", PcmFile::xrun);
        all.put("LINK self", f -> Links.link(f.substream(), f.substream()));
        all.put("UNLINK", f -> Links.unlink(f.substream()));
        return all;
    }

    /** Only where the access is RW: whether a mapped stream is written so is the ioctl's to say. */
    private static final Map<String, ToLongFunction<PcmFile>> TRANSFERS =
            Map.of(
                    "WRITEI 0", f -> TestCard.transfer(f, 0),
                    "WRITEI 100", f -> TestCard.transfer(f, 100),
                    "WRITEI 9000", f -> TestCard.transfer(f, BUFFER + 1000),
                    "READI 100", f -> TestCard.transfer(f, 100),
                    "READI 4000", f -> TestCard.transfer(f, HALF),
                    "WRITEI/READI bad buf",
                            f -> f.transfer((r, o, u, b) -> Errno.EFAULT.negated(), 100));

    private static long begun(int answer) {
        return answer == 0 ? Errno.EAGAIN.negated() : answer;
    }

    private static long resume(PcmFile file) {
        PcmState state = file.state();
        int answer = PcmAction.RESUME.check(state, file.substream().isCapture());
        return answer < 0 ? answer : PcmOperations.resume(file.substream());
    }

    private static HwParamSpace impossible() {
        HwParamSpace space = new HwParamSpace();
        space.set(HwParam.CHANNELS, 4000);
        return space;
    }

    private static SoftwareParams defaults() {
        return new SoftwareParams(
                TstampMode.NONE, TstampType.GETTIMEOFDAY, 1, PERIOD, 1, BUFFER, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(PcmStream.class)
    void streamsThatAreWrittenAndReadAnswerAsTheKernel(PcmStream stream) throws IOException {
        List<String> wrong = compare(stream, PcmAccess.RW_INTERLEAVED, 1);

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PcmStream.class)
    void mappedStreamsAnswerAsTheKernel(PcmStream stream) throws IOException {
        List<String> wrong = compare(stream, PcmAccess.MMAP_INTERLEAVED, 1);

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PcmStream.class)
    void suspendedStreamsAnswerAsTheKernel(PcmStream stream) throws IOException {
        List<String> wrong = compare(stream, PcmAccess.RW_INTERLEAVED, 2);

        assertThat(wrong).isEmpty();
    }

    /** Recorded, probes [J]: every ioctl answers ENODEV. */
    @Test
    void onACardThatIsGoneEveryCallAnswersEnodev() {
        TestCard card = new TestCard(1);
        PcmFile file = card.prepared(PcmStream.PLAYBACK, PERIOD, BUFFER);
        TestCard.check(TestCard.transfer(file, HALF));
        card.card.disconnect();

        List<String> wrong = new ArrayList<>();
        Map<String, ToLongFunction<PcmFile>> all = new LinkedHashMap<>(OPERATIONS);
        all.putAll(TRANSFERS);
        // these have no answer of their own, or are judged by who calls them
        all.keySet().removeAll(List.of("STATUS", "LINK self", "UNLINK", "REWIND 0"));
        all.forEach(
                (name, operation) -> {
                    long answer = operation.applyAsLong(file);
                    if (answer != Errno.ENODEV.negated()) {
                        wrong.add(name + " answered " + answer);
                    }
                });

        assertThat(wrong).isEmpty();
        assertThat(file.state()).isEqualTo(PcmState.DISCONNECTED);
    }

    /** Compares a recorded table, the {@code occurrence}th of its kind, cell by cell. */
    private static List<String> compare(PcmStream stream, PcmAccess access, int occurrence)
            throws IOException {
        List<String> table = table(stream, access, occurrence);
        List<String> states = cells(table.getFirst());
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (String row : table.subList(1, table.size())) {
            List<String> cells = cells(row);
            ToLongFunction<PcmFile> operation = operation(cells.getFirst(), access);
            if (operation == null) {
                continue;
            }
            for (int i = 1; i < cells.size(); i++) {
                String why = compareCell(stream, access, states.get(i), operation, cells.get(i));
                compared++;
                if (!why.isEmpty()) {
                    wrong.add(cells.getFirst() + " in " + states.get(i) + ": " + why);
                }
            }
        }
        assertThat(compared).as("cells").isGreaterThanOrEqualTo(OPERATIONS.size());
        return wrong;
    }

    private static @Nullable ToLongFunction<PcmFile> operation(String name, PcmAccess access) {
        if (name.equals("HW_PARAMS same")) {
            return f -> f.hwParams(TestCard.params(access, PERIOD, BUFFER));
        }
        ToLongFunction<PcmFile> found = OPERATIONS.get(name);
        return found == null && access == PcmAccess.RW_INTERLEAVED ? TRANSFERS.get(name) : found;
    }

    private static String compareCell(
            PcmStream stream,
            PcmAccess access,
            String stateName,
            ToLongFunction<PcmFile> operation,
            String cell) {
        Matcher recorded = CELL.matcher(cell);
        if (!recorded.matches()) {
            return "unreadable: " + cell;
        }
        TestCard card = new TestCard(1);
        try (PcmFile file = card.open(stream)) {
            reach(card, file, access, stateName);
            PcmState before = file.state();

            long answer = operation.applyAsLong(file);

            String after = file.state() == before ? "" : "->" + file.state();
            String ours = (answer < 0 ? Errno.nameOf((int) -answer) : "0") + after;
            String kernels =
                    recorded.group(1) + (recorded.group(3) == null ? "" : "->" + recorded.group(3));
            long count = recorded.group(2) == null ? 0 : Long.parseLong(recorded.group(2));
            boolean counts = count < 0 || Math.abs(count - answer) <= COUNT_TOLERANCE;
            boolean agrees = ours.equals(kernels) && (answer < 0 || counts);
            return agrees ? "" : "kernel " + cell + ", ours " + ours + " (" + answer + ")";
        }
    }

    /** As {@code reach()} of the recording's program. */
    private static void reach(TestCard card, PcmFile file, PcmAccess access, String state) {
        if (state.equals("OPEN")) {
            return;
        }
        TestCard.check(file.hwParams(TestCard.params(access, PERIOD, BUFFER)));
        if (state.equals("SETUP")) {
            return;
        }
        TestCard.check(file.prepare());
        if (state.equals("PREPARED")) {
            return;
        }
        boolean capture = file.substream().isCapture();
        if (state.equals("PREPARED+")) {
            TestCard.check(file.swParams(defaults().withStartThreshold(Long.MAX_VALUE)));
            feed(file, access);
            return;
        }
        if (!capture) {
            feed(file, access);
        }
        if (file.state() != PcmState.RUNNING) {
            TestCard.check(file.start());
        }
        // what the recording let pass: a period and more of capture, next to nothing of playback
        card.pass(capture ? 1150 : 1);
        TestCard.check(file.hwsync());
        switch (state) {
            case "RUNNING" -> {
                // reached
            }
            case "XRUN" -> TestCard.check(file.xrun());
            case "DRAINING" -> TestCard.check(file.drainStart());
            case "SUSPENDED" -> assertThat(card.card.suspend()).isEqualTo(1);
            default -> throw new IllegalArgumentException(state);
        }
        assertThat(file.state()).hasToString(state);
    }

    private static void feed(PcmFile file, PcmAccess access) {
        if (access == PcmAccess.RW_INTERLEAVED) {
            TestCard.check(TestCard.transfer(file, HALF));
        } else {
            TestCard.check(file.applPtr(HALF));
        }
    }

    private static List<String> cells(String row) {
        return List.of(row.strip().split(" *\\| *", -1));
    }

    /** Head and rows of a table. */
    private static List<String> table(PcmStream stream, PcmAccess access, int occurrence)
            throws IOException {
        String title =
                stream == PcmStream.PLAYBACK
                        ? "# /dev/snd/pcmC0D0p playback, access " + access + ", O_NONBLOCK"
                        : "# /dev/snd/pcmC0D0c capture, access " + access + ", O_NONBLOCK";
        List<String> lines = recording();
        int seen = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(title) && ++seen == occurrence) {
                return lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> line.contains("|"))
                        .toList();
            }
        }
        throw new AssertionError("no table " + title);
    }

    private static List<String> recording() throws IOException {
        String name = "/io/pcmshare/core/kernel/matrix-snd-dummy.txt";
        try (InputStream in =
                Objects.requireNonNull(PcmActionTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
