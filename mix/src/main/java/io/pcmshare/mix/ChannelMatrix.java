package io.pcmshare.mix;

import io.pcmshare.abi.ChannelPosition;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes frames of some channels of frames of others: each new sample is a sum of the old ones, each
 * at its own gain.
 *
 * <p>Frames are interleaved doubles. Threads: any, since nothing changes after it was made.
 * Allocates nothing.
 */
public final class ChannelMatrix {
    private final int from;
    private final int to;

    /** Row after row, one for each new channel. */
    private final double[] gains;

    private final boolean isIdentity;

    private ChannelMatrix(double[][] rows) {
        this.to = rows.length;
        this.from = rows[0].length;
        this.gains = new double[to * from];
        boolean identity = to == from;
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < from; column++) {
                gains[row * from + column] = rows[row][column];
                identity &= rows[row][column] == (row == column ? 1 : 0);
            }
        }
        this.isIdentity = identity;
    }

    /**
     * What people expect of two channel maps.
     *
     * <p>A channel that both have goes to itself. One that is missing goes to what stands nearest,
     * of 5.1 to stereo as in ITU-R BS.775: centre and surround at -3 dB, no low-frequency effects.
     * One channel goes to the centre where there is one, else to left and right in full. Nothing is
     * invented: stereo leaves the other loudspeakers of 5.1 silent. Where several channels at full
     * scale could clip, the whole matrix is made softer by as much, so that its balance stays:
     * stereo to mono is half of each, 5.1 to stereo 1 / 2.41 (-7.7 dB). Where a map says {@link
     * ChannelPosition#UNKNOWN}, channels go by their numbers, but one goes to all.
     *
     * @param from of the frames that come; not empty
     * @param to of the frames that go; not empty
     */
    public static ChannelMatrix between(List<ChannelPosition> from, List<ChannelPosition> to) {
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException("from=" + from + ", to=" + to);
        }
        double[][] rows = new double[to.size()][from.size()];
        boolean isByNumber =
                from.contains(ChannelPosition.UNKNOWN) || to.contains(ChannelPosition.UNKNOWN);
        for (int column = 0; column < from.size(); column++) {
            if (isByNumber) {
                byNumber(rows, column);
            } else {
                byPlace(rows, column, from.get(column), to);
            }
        }
        normalise(rows);
        return new ChannelMatrix(rows);
    }

    /**
     * Of gains that somebody chose; they may clip.
     *
     * @param rows for each new channel, the gain of each old one
     */
    public static ChannelMatrix of(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("rows=" + Arrays.deepToString(rows));
        }
        for (double[] row : rows) {
            if (row.length != rows[0].length || !Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("rows=" + Arrays.deepToString(rows));
            }
        }
        return new ChannelMatrix(rows);
    }

    private static void byNumber(double[][] rows, int column) {
        for (int row = 0; row < rows.length; row++) {
            rows[row][column] = rows[0].length == 1 || row == column ? 1 : 0;
        }
    }

    private static void byPlace(
            double[][] rows, int column, ChannelPosition position, List<ChannelPosition> to) {
        if (position == ChannelPosition.NA) {
            return;
        }
        if (to.contains(position)) {
            rows[to.indexOf(position)][column] = 1;
            return;
        }
        Set<ChannelPosition> present = EnumSet.copyOf(to);
        DownmixRules.Substitute substitute = DownmixRules.of(position, present);
        for (ChannelPosition other : substitute.positions()) {
            rows[to.indexOf(other)][column] = substitute.gain();
        }
    }

    private static void normalise(double[][] rows) {
        double greatest = 1;
        for (double[] row : rows) {
            greatest = Math.max(greatest, Arrays.stream(row).sum());
        }
        for (double[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                row[column] /= greatest;
            }
        }
    }

    /** Samples in a frame that comes. */
    public int fromChannels() {
        return from;
    }

    /** Samples in a frame that goes. */
    public int toChannels() {
        return to;
    }

    /** Whether frames go as they come. */
    public boolean isIdentity() {
        return isIdentity;
    }

    /** What an old channel is multiplied by on its way to a new one. */
    public double gain(int fromChannel, int toChannel) {
        return gains[toChannel * from + fromChannel];
    }

    /**
     * Makes frames.
     *
     * @param source those that come, one behind the other
     * @param sourceFirst the first one's number in the array
     * @param target where the new ones go; another array, unless {@link #isIdentity}
     * @param targetFirst the first one's number in the array
     * @param frames how many
     */
    public void apply(
            double[] source, int sourceFirst, double[] target, int targetFirst, int frames) {
        if (isIdentity) {
            int samples = frames * from;
            System.arraycopy(source, sourceFirst * from, target, targetFirst * to, samples);
            return;
        }
        Arrays.fill(target, targetFirst * to, (targetFirst + frames) * to, 0);
        // a channel at a time: the loop that is long is the inner one, and most gains are 0
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < from; column++) {
                double gain = gains[row * from + column];
                if (gain != 0) {
                    int at = sourceFirst * from + column;
                    add(gain, source, at, target, targetFirst * to + row, frames);
                }
            }
        }
    }

    private void add(
            double gain, double[] source, int sourceAt, double[] target, int at, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            target[at + frame * to] += gain * source[sourceAt + frame * from];
        }
    }
}
