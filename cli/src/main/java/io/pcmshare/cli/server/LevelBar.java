package io.pcmshare.cli.server;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A level as a bar of characters: filled as far as the mean goes, shaded as far as the peak. */
final class LevelBar {
    private static final double LEAST_DECIBELS = -60;
    private static final double YELLOW_DECIBELS = -12;
    private static final double RED_DECIBELS = -1;

    private final char full;
    private final char shade;

    /**
     * Of a screen.
     *
     * @param blocks whether it has characters that are blocks
     */
    LevelBar(boolean blocks) {
        this.full = blocks ? '█' : '#';
        this.shade = blocks ? '▒' : '-';
    }

    /**
     * Draws it.
     *
     * @param width characters
     * @param peakDecibels full scale at 0, where the bar ends
     * @param rmsDecibels full scale at 0
     * @param isMuted whether nobody hears it
     */
    AttributedString draw(int width, double peakDecibels, double rmsDecibels, boolean isMuted) {
        AttributedStringBuilder bar = new AttributedStringBuilder();
        int loud = cells(rmsDecibels, width);
        int peak = Math.max(loud, cells(peakDecibels, width));
        for (int i = 0; i < peak; i++) {
            double decibels = LEAST_DECIBELS * (1 - (i + 1.0) / width);
            int color =
                    decibels > RED_DECIBELS
                            ? AttributedStyle.RED
                            : decibels > YELLOW_DECIBELS
                                    ? AttributedStyle.YELLOW
                                    : AttributedStyle.GREEN;
            AttributedStyle style =
                    isMuted
                            ? AttributedStyle.DEFAULT.faint()
                            : AttributedStyle.DEFAULT.foreground(color);
            bar.append(String.valueOf(i < loud ? full : shade), style);
        }
        return bar.toAttributedString();
    }

    private static int cells(double decibels, int width) {
        double part = 1 - Math.max(LEAST_DECIBELS, decibels) / LEAST_DECIBELS;
        return Math.clamp(Math.round(part * width), 0, width);
    }
}
