package io.pcmshare.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class TopScreenTest {
    private static final ServerState STATE = TopRig.state(TopRig.LOUD, TopRig.QUIET);

    private static List<AttributedString> screen(ServerState state, TopView view) {
        return TopScreen.lines(state, view, 100, 24, true);
    }

    private static String text(List<AttributedString> lines) {
        return String.join("\n", lines.stream().map(AttributedString::toString).toList());
    }

    @Test
    void everythingIsOnTheScreen() {
        assertThat(text(screen(STATE, TopView.FIRST)).lines().map(String::stripTrailing))
                .containsSubsequence(
                        " PcmShare 0.1.0   up 1m05s   time real   CPU 1.5%   clients 2   xruns 9",
                        " pass 250us p99 3.5ms max 5.0ms",
                        " DEVICE         CARD     STATE     SOUND             LEVEL"
                                + "                      PEAK STREAMS  XRUNS",
                        " 0,0:playback*  Dummy    shared    S16_LE 2x48000    "
                                + "███████████████████▒▒▒     -6.0       1      0",
                        "   NO PROGRAM            KIND      DEVICE  STATE     LEVEL"
                                + "             PEAK   LATENCY  XRUNS VOLUME",
                        "   >3 aplay[412]         playback  0,0     running   "
                                + "████████████▒▒    -6.0    20.0ms      0    0.0",
                        "    5 ?[2Jwolf[412]      playback  0,0     running   "
                                + "▒                -54.0    40.0ms      7    0.0");
    }

    @Test
    void whateverTheSizeTheLinesFitIt() {
        for (int columns = 1; columns < 200; columns += 7) {
            for (int rows = 1; rows < 60; rows += 5) {
                for (TopView.Mode mode : TopView.Mode.values()) {
                    List<AttributedString> lines =
                            TopScreen.lines(STATE, TopView.FIRST.mode(mode), columns, rows, true);
                    assertThat(lines).hasSizeLessThanOrEqualTo(rows);
                    for (AttributedString line : lines) {
                        assertThat(line.columnLength()).isLessThanOrEqualTo(columns);
                    }
                }
            }
        }
    }

    @Test
    void aWideCharacterTakesTwoColumns() {
        ServerState state = TopRig.state(TopRig.stream(1, "/音楽を聴くプログラム音楽を聴く", -6, 0, 0));
        List<AttributedString> lines = screen(state, TopView.FIRST);
        AttributedString row =
                lines.stream()
                        .filter(line -> line.toString().contains("音楽"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.columnLength()).isEqualTo(100);
    }

    @Test
    void aStrangerDoesNotMoveTheCursor() {
        assertThat(text(screen(STATE, TopView.FIRST))).doesNotContain("\u001b").contains("[2Jwolf");
    }

    @Test
    void theChosenStreamIsSeenHoweverManyThereAre() {
        StreamState[] many =
                IntStream.rangeClosed(1, 300)
                        .mapToObj(number -> TopRig.stream(number, "/usr/bin/aplay", -6, 0, 0))
                        .toArray(StreamState[]::new);
        for (long number : new long[] {1, 150, 300}) {
            List<AttributedString> lines = screen(TopRig.state(many), TopView.FIRST.select(number));
            assertThat(lines).hasSize(24);
            assertThat(text(lines)).contains(">" + number + " aplay");
        }
    }

    @ParameterizedTest
    @CsvSource({"-60, 0, 0", "-30, 10, 0", "0, 20, 0", "20, 20, 0", "-Infinity, 0, 0", "-30, 5, 5"})
    void aBarIsAsLongAsItIsLoud(double peak, int full, int shaded) {
        double rms = shaded == 0 ? peak : -45;
        assertThat(new LevelBar(true).draw(20, peak, rms, false).toString())
                .isEqualTo("█".repeat(full) + "▒".repeat(shaded));
    }

    @Test
    void aBarIsRedOnlyWhereItIsTooLoud() {
        AttributedString bar = new LevelBar(false).draw(60, 0, 0, false);
        assertThat(bar.toString()).isEqualTo("#".repeat(60));
        Stream.of(0, 46).forEach(at -> assertThat(bar.styleAt(at)).isEqualTo(color(2)));
        Stream.of(48, 57).forEach(at -> assertThat(bar.styleAt(at)).isEqualTo(color(3)));
        assertThat(bar.styleAt(59)).isEqualTo(color(1));
    }

    private static AttributedStyle color(int number) {
        return AttributedStyle.DEFAULT.foreground(number);
    }

    @Test
    void theDevicesToMoveToAreNumbered() {
        TopView view = TopView.FIRST.select(5).mode(TopView.Mode.MOVE);
        assertThat(text(screen(STATE, view))).contains("to:  1) 1,0:playback");
    }

    @Test
    void whatWentWrongIsSaid() {
        TopView view = TopView.FIRST.message("There is no\u001b[2J stream 3.");
        assertThat(text(screen(STATE, view))).contains(" There is no?[2J stream 3.");
    }

    @Test
    void aReportHasAllStreamsAndNoKeys() {
        StreamState[] many =
                IntStream.rangeClosed(1, 300)
                        .mapToObj(number -> TopRig.stream(number, "/usr/bin/aplay", -6, 0, 0))
                        .toArray(StreamState[]::new);
        String report = text(TopScreen.report(TopRig.state(many), 100));
        assertThat(report).contains(" 300 aplay", "#").doesNotContain("quit", ">1", "█");
    }
}
