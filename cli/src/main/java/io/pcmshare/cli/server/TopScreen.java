package io.pcmshare.cli.server;

import io.pcmshare.server.config.Durations;
import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.HistogramState;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code top} shows of a state: as many lines as the screen has, or fewer. */
final class TopScreen {
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    private static final AttributedStyle BOLD = AttributedStyle.BOLD;
    private static final AttributedStyle HEAD = AttributedStyle.DEFAULT.inverse();
    private static final AttributedStyle RED =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
    private static final AttributedStyle YELLOW =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle GREEN =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);

    private static final double MILLI = 1e6;
    private static final double MICRO = 1e3;
    private static final int FOOT_LINES = 2;

    /** Lines that are no stream, besides the devices. */
    private static final int OTHER_LINES = 6 + FOOT_LINES;

    private static final List<TopTable.Column> DEVICE_COLUMNS =
            List.of(
                    TopTable.Column.text("DEVICE", 14, 1),
                    TopTable.Column.text("CARD", 8, 6),
                    TopTable.Column.text("STATE", 9, 3),
                    TopTable.Column.text("SOUND", 17, 5),
                    TopTable.Column.stretched("LEVEL", 10, 2),
                    TopTable.Column.number("PEAK", 6, 4),
                    TopTable.Column.number("STREAMS", 7, 7),
                    TopTable.Column.number("XRUNS", 6, 4));

    private static final List<TopTable.Column> STREAM_COLUMNS =
            List.of(
                    TopTable.Column.number("NO", 4, 1),
                    TopTable.Column.text("PROGRAM", 18, 1),
                    TopTable.Column.text("KIND", 9, 6),
                    TopTable.Column.text("DEVICE", 7, 4),
                    TopTable.Column.text("STATE", 9, 5),
                    TopTable.Column.text("SOUND", 17, 7),
                    TopTable.Column.stretched("LEVEL", 10, 2),
                    TopTable.Column.number("PEAK", 6, 5),
                    TopTable.Column.number("LATENCY", 9, 3),
                    TopTable.Column.number("XRUNS", 6, 3),
                    TopTable.Column.number("VOLUME", 6, 2));

    private final ServerState state;
    private final TopView view;
    private final int columns;
    private final int rows;
    private final boolean isLive;
    private final LevelBar bar;
    private final List<AttributedString> lines = new ArrayList<>();

    private TopScreen(
            ServerState state,
            TopView view,
            int columns,
            int rows,
            boolean isLive,
            boolean blocks) {
        this.state = state;
        this.view = view;
        this.columns = columns;
        this.rows = rows;
        this.isLive = isLive;
        this.bar = new LevelBar(blocks);
    }

    /**
     * The lines.
     *
     * @param columns of the screen
     * @param rows of the screen
     * @param blocks whether it has characters that are blocks
     */
    static List<AttributedString> lines(
            ServerState state, TopView view, int columns, int rows, boolean blocks) {
        TopScreen screen = new TopScreen(state, view, columns, rows, true, blocks);
        screen.draw();
        List<AttributedString> fit = screen.lines.subList(0, Math.min(rows, screen.lines.size()));
        return fit.stream().map(line -> line.columnSubSequence(0, columns)).toList();
    }

    /** The same to be printed: all streams, no keys, no blocks. */
    static List<AttributedString> report(ServerState state, int columns) {
        int rows = OTHER_LINES + 2 * (state.devices().size() + state.streams().size() + 1);
        TopScreen screen = new TopScreen(state, TopView.FIRST, columns, rows, false, false);
        screen.head();
        screen.histograms();
        screen.devices();
        screen.streams();
        return List.copyOf(screen.lines);
    }

    private void draw() {
        head();
        histograms();
        if (view.mode() == TopView.Mode.HELP) {
            help();
        } else {
            devices();
            streams();
        }
        while (lines.size() < rows - FOOT_LINES) {
            lines.add(AttributedString.EMPTY);
        }
        lines.add(question());
        lines.add(keys());
    }

    private void head() {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(" PcmShare ", BOLD).append(TextTable.plain(state.version()));
        said(line, "up", Durations.text(state.upNanos()), AttributedStyle.DEFAULT);
        said(line, "time", state.time(), AttributedStyle.DEFAULT);
        String cpu = String.format(Locale.ROOT, "%.1f%%", state.cpuPercent());
        said(line, "CPU", cpu, state.cpuPercent() > 50 ? YELLOW : AttributedStyle.DEFAULT);
        said(line, "clients", String.valueOf(state.sessions()), AttributedStyle.DEFAULT);
        said(line, "xruns", String.valueOf(state.xruns()), state.xruns() > 0 ? RED : GREEN);
        lines.add(line.toAttributedString());
    }

    private static void said(
            AttributedStringBuilder line, String name, String value, AttributedStyle style) {
        line.append("   ").append(name, FAINT).append(' ');
        line.append(TextTable.plain(value), style);
    }

    private void histograms() {
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (HistogramState each : state.histograms()) {
            String name =
                    switch (each.name()) {
                        case "wake_up_nanos" -> "woke late";
                        case "mix_nanos" -> "pass";
                        case "queue_frames" -> "queued";
                        default -> TextTable.plain(each.name());
                    };
            line.append(' ').append(name, FAINT);
            line.append(' ').append(quantity(each, each.p50()));
            line.append(" p99 ", FAINT).append(quantity(each, each.p99()));
            line.append(" max ", FAINT).append(quantity(each, each.max()));
            line.append("  ");
        }
        lines.add(line.toAttributedString());
        lines.add(AttributedString.EMPTY);
    }

    private static String quantity(HistogramState histogram, long value) {
        if (!histogram.name().endsWith("_nanos")) {
            return String.valueOf(value);
        }
        return value < MILLI
                ? String.format(Locale.ROOT, "%.0fus", value / MICRO)
                : String.format(Locale.ROOT, "%.1fms", value / MILLI);
    }

    private void devices() {
        TopTable table = new TopTable(DEVICE_COLUMNS, columns);
        lines.add(table.head(HEAD));
        int room = Math.max(1, (rows - OTHER_LINES) / 2);
        int shown = state.devices().size() > room ? room - 1 : state.devices().size();
        state.devices().stream().limit(shown).forEach(device -> lines.add(row(table, device)));
        if (shown < state.devices().size()) {
            String more = " and " + (state.devices().size() - shown) + " more";
            lines.add(new AttributedString(more, FAINT));
        }
        lines.add(AttributedString.EMPTY);
    }

    private AttributedString row(TopTable table, DeviceState device) {
        AttributedStyle of =
                switch (device.state()) {
                    case "gone" -> RED;
                    case "idle" -> FAINT;
                    default -> GREEN;
                };
        return table.row(
                AttributedStyle.DEFAULT,
                cell(device.name() + (device.isDefault() ? "*" : "")),
                cell(device.cardId()),
                cell(device.state(), of),
                cell(Cells.sound(device.format(), device.channels(), device.rate())),
                bar.draw(table.stretch(), device.peakDecibels(), device.rmsDecibels(), false),
                cell(Cells.decibels(device.peakDecibels())),
                cell(device.streams()),
                cell(device.xruns(), device.xruns() > 0 ? RED : AttributedStyle.DEFAULT));
    }

    private void streams() {
        TopTable table = new TopTable(STREAM_COLUMNS, columns);
        lines.add(table.head(HEAD));
        List<StreamState> streams = view.streams(state);
        int room = Math.max(1, rows - FOOT_LINES - lines.size());
        int place = view.place(streams);
        int first = Math.clamp(place - room / 2, 0, Math.max(0, streams.size() - room));
        for (int i = first; i < Math.min(streams.size(), first + room); i++) {
            lines.add(row(table, streams.get(i), i == place && isLive));
        }
        if (streams.isEmpty()) {
            lines.add(new AttributedString(" Nobody plays or records.", FAINT));
        }
    }

    private AttributedString row(TopTable table, StreamState stream, boolean isSelected) {
        AttributedStyle of =
                switch (stream.state()) {
                    case "RUNNING" -> GREEN;
                    case "XRUN", "DISCONNECTED" -> RED;
                    default -> AttributedStyle.DEFAULT;
                };
        return table.row(
                isSelected ? BOLD.background(AttributedStyle.BLUE) : AttributedStyle.DEFAULT,
                cell((isSelected ? ">" : "") + stream.number()),
                cell(Cells.program(stream.program(), stream.pid())),
                cell(stream.kind()),
                cell(Cells.device(stream.device())),
                cell(stream.state().toLowerCase(Locale.ROOT), of),
                cell(Cells.sound(stream.format(), stream.channels(), stream.rate())),
                bar.draw(
                        table.stretch(),
                        stream.peakDecibels(),
                        stream.rmsDecibels(),
                        stream.muted()),
                cell(Cells.decibels(stream.peakDecibels())),
                cell(String.format(Locale.ROOT, "%.1fms", stream.latencyNanos() / MILLI)),
                cell(stream.xruns(), stream.xruns() > 0 ? RED : AttributedStyle.DEFAULT),
                stream.muted()
                        ? cell("muted", RED)
                        : cell(Cells.decibels(stream.volumeDecibels())));
    }

    private static AttributedString cell(Object value) {
        return cell(value, AttributedStyle.DEFAULT);
    }

    private static AttributedString cell(Object value, AttributedStyle style) {
        return new AttributedString(TextTable.plain(String.valueOf(value)), style);
    }

    private void help() {
        List.of(
                        "up, k      the stream above",
                        "down, j    the stream below",
                        "m          mute it, or not",
                        "+ -        its volume, by 1 dB",
                        "v          move it to another device",
                        "r          revoke it: it will not be heard any more",
                        "s          what comes first: number, program, level, latency, xruns",
                        "q          the end; so does Ctrl-C",
                        "",
                        "Levels: what is filled is the root mean square, what is shaded the peak;",
                        "from -60 dB to full scale, yellow from -12, red from -1 dB.",
                        "Any key goes back.")
                .forEach(line -> lines.add(new AttributedString("  " + line)));
    }

    private AttributedString question() {
        StreamState stream = view.stream(state);
        String who = stream == null ? "" : Cells.program(stream.program(), stream.pid());
        String asked =
                switch (view.mode()) {
                    case LIST, HELP -> "";
                    case REVOKE -> "Revoke " + who + "? It will not be heard any more.  y/n";
                    case MOVE -> {
                        StringBuilder text = new StringBuilder("Move " + who + " to:");
                        List<String> places = view.places(state);
                        for (int i = 0; i < places.size(); i++) {
                            text.append("  ").append(i + 1).append(") ").append(places.get(i));
                        }
                        yield text.toString();
                    }
                };
        return view.message().isEmpty()
                ? new AttributedString(" " + TextTable.plain(asked), BOLD)
                : new AttributedString(" " + TextTable.plain(view.message()), RED);
    }

    private AttributedString keys() {
        AttributedStringBuilder line = new AttributedStringBuilder();
        String[] all = {
            "j/k",
            "select",
            "m",
            "mute",
            "+/-",
            "volume",
            "v",
            "move",
            "r",
            "revoke",
            "s",
            "sort: " + view.sort().name().toLowerCase(Locale.ROOT),
            "?",
            "help",
            "q",
            "quit"
        };
        for (int i = 0; i < all.length; i += 2) {
            line.append(' ').append(all[i], BOLD).append(' ').append(all[i + 1], FAINT).append(' ');
        }
        return line.toAttributedString();
    }
}
