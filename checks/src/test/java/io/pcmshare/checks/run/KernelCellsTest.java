package io.pcmshare.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.checks.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The programs that recorded a real kernel, run here: every cell they print is the kernel's. State,
 * errno and number of frames exactly, but where a pointer that moves is the limit; and not whether
 * a call took long ({@code ~}), since many of them run at once.
 */
@Execution(ExecutionMode.CONCURRENT) // they wait for minutes and compute for seconds
final class KernelCellsTest {
    private static final Path RECORDED =
            Repository.root().resolve("core/src/test/resources/io/pcmshare/core/kernel");

    private static final Pattern FRAMES = Pattern.compile("\\d{3,}");

    /** These ask for more than there is: they get what the pointer has left at that moment. */
    private static final Set<String> AS_FAR_AS_IT_GOES =
            Set.of("REWIND 100000", "FORWARD 100000", "WRITEI 9000", "READI 4000");

    /** In these the pointer moves, or has moved for a time that nobody chose. */
    private static final Set<String> MOVING = Set.of("RUNNING", "DRAINING", "PAUSED");

    /** A pipe's read end knows no {@code POLLERR}, so a capture stream shows {@code POLLHUP}. */
    private static final String POLLIN_POLLERR = "1(0x9)";

    private static final String POLLIN_POLLHUP = "1(0x11)";

    /** How many operations there are in a recorded table, at least. */
    private static final int OPERATIONS = 60;

    @TempDir private Path folder;

    private record Cell(String table, String operation, String state) {}

    private static Map<Cell, String> cells(List<String> lines) {
        Map<Cell, String> cells = new HashMap<>();
        String table = "";
        String[] states = {};
        for (String line : lines) {
            if (line.startsWith("# ")) {
                table = line.replaceAll("/dev/snd/pcmC\\dD0([pc])", "$1");
                continue;
            }
            String[] parts = line.split("\\|", -1);
            String operation = parts[0].trim();
            if (operation.equals("operation")) {
                states = parts;
            } else if (parts.length > 1) {
                for (int i = 1; i < parts.length; i++) {
                    cells.put(new Cell(table, operation, states[i].trim()), parts[i].trim());
                }
            }
        }
        return cells;
    }

    private static Map<Cell, String> recorded(String... files) throws IOException {
        Map<Cell, String> all = new HashMap<>();
        for (String file : files) {
            all.putAll(cells(Files.readAllLines(RECORDED.resolve(file))));
        }
        return all;
    }

    private static String comparable(Cell cell, String text) {
        if (cell.operation().startsWith("ANONYMOUS_DUP") && text.equals("ENOTTY")) {
            return "EINVAL"; // a stock kernel does not have it, the patched one refuses this mode
        }
        if (cell.operation().startsWith("poll") && text.equals(POLLIN_POLLERR)) {
            return comparable(cell, POLLIN_POLLHUP);
        }
        String answer = text.replace("~", "");
        boolean timed =
                MOVING.contains(cell.state()) && AS_FAR_AS_IT_GOES.contains(cell.operation());
        return timed ? FRAMES.matcher(answer).replaceAll("N") : answer;
    }

    /** Runs what belongs to tables at the same time, each on a substream of its own. */
    private void assertSameCells(String card, Map<Cell, String> kernel, List<String> commands)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < commands.size(); i++) {
            script.append(commands.get(i)).append(" >table%d 2>&1 &\n".formatted(i));
        }

        Supervised.Outcome outcome = new Supervised(folder).card(card).script(script + "wait\n");

        assertThat(outcome.status()).as(outcome.all()).isZero();
        for (int i = 0; i < commands.size(); i++) {
            Map<Cell, String> ours = cells(Files.readAllLines(folder.resolve("table" + i)));
            List<String> differences = new ArrayList<>();
            int compared = 0;
            for (Map.Entry<Cell, String> entry : ours.entrySet()) {
                Cell cell = entry.getKey();
                String there = kernel.get(cell);
                if (there != null) {
                    compared++;
                    String here = comparable(cell, entry.getValue());
                    String real = comparable(cell, there);
                    // capture alone has another bit for the error
                    boolean same = here.equals(real) || entry.getValue().equals(there);
                    if (!same) {
                        differences.add(cell + ": kernel " + there + ", here " + entry.getValue());
                    }
                }
            }
            assertThat(differences).as(commands.get(i)).isEmpty();
            assertThat(compared).as(commands.get(i)).isGreaterThan(OPERATIONS);
        }
    }

    private static List<String> tables(Path program, String... waits) {
        List<String> commands = new ArrayList<>();
        for (String device : List.of("p", "c")) {
            for (String access : List.of("rw", "mmap")) {
                for (String wait : waits) {
                    commands.add(
                            "%s /dev/snd/pcmC0D0%s %s %s".formatted(program, device, access, wait));
                }
            }
        }
        return commands;
    }

    @Test
    void everyCellOfSndDummyIsTheKernels() throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "pcm-matrix.c", CProgram.Build.X86_64);
        Path isStatic = CProgram.compile(folder, "pcm-matrix.c", CProgram.Build.X86_64_STATIC);
        List<String> commands = tables(program, "nonblock", "block");
        commands.add(isStatic + " /dev/snd/pcmC0D0p rw nonblock");
        commands.add(isStatic + " /dev/snd/pcmC0D0c mmap nonblock");

        assertSameCells("null:substreams=64", recorded("matrix-snd-dummy.txt"), commands);
    }

    @Test
    void everyCellOfSndAloopIsTheKernels() throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "pcm-matrix.c", CProgram.Build.X86_64);

        assertSameCells(
                "loopback", recorded("matrix-snd-aloop.txt"), tables(program, "nonblock", "block"));
    }

    @Test
    void everyCellThroughAnAnonymousDupIsThePatchedKernels()
            throws IOException, InterruptedException {
        Path program = CProgram.compile(folder, "pcm-matrix.c", CProgram.Build.X86_64);
        List<String> commands = new ArrayList<>();
        for (String dup : List.of("orig", "dup0", "dup1")) {
            commands.add(program + " /dev/snd/pcmC0D0p rw nonblock " + dup);
            commands.add(program + " /dev/snd/pcmC0D0c mmap nonblock " + dup);
        }

        assertSameCells("null:substreams=64", recorded("matrix-anon-dup.txt"), commands);
    }

    @Test
    void everyCellOf32BitProgramsIsTheKernels() throws IOException, InterruptedException {
        List<String> commands = new ArrayList<>();
        for (CProgram.Build build :
                List.of(
                        CProgram.Build.I386,
                        CProgram.Build.I386_TIME64,
                        CProgram.Build.I386_STATIC)) {
            Path program = CProgram.compile(folder, "pcm-matrix.c", build);
            commands.add(program + " /dev/snd/pcmC0D0p rw nonblock");
            commands.add(program + " /dev/snd/pcmC0D0c rw nonblock");
        }

        assertSameCells("null:substreams=64", recorded("compat-32bit.txt"), commands);
    }
}
