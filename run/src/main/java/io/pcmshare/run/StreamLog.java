package io.pcmshare.run;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.LevelTap;
import io.pcmshare.cards.StreamTap;
import io.pcmshare.cards.TapFactory;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.run.file.StreamWatch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of each stream that a program opened: who opened it, how much was heard of it and how
 * loud, how often it ran empty, how late its program was at most. To be given to the cards when
 * they are made, and to the supervisor. Threads: one.
 */
public final class StreamLog implements TapFactory {
    private final List<Entry> entries = new ArrayList<>();

    /** An empty one. */
    public StreamLog() {}

    /** A stream, from its open to its close. */
    public static final class Entry {
        private final int card;
        private final int device;
        private final int substream;
        private final PcmStream stream;
        private final Substream of;
        private final LevelTap levels = new LevelTap();
        private String program = "";
        private int pid;
        private int xruns;
        private long latestNanos;
        private boolean closed;

        private Entry(Substream of) {
            this.of = of;
            this.card = of.card().number();
            this.device = of.device().number();
            this.substream = of.number();
            this.stream = of.stream();
        }

        /** The card's number. */
        public int card() {
            return card;
        }

        /** The device's number. */
        public int device() {
            return device;
        }

        /** The substream's number. */
        public int substream() {
            return substream;
        }

        /** Whether it played or recorded. */
        public PcmStream stream() {
            return stream;
        }

        /** Name of the program that opened it. */
        public String program() {
            return program;
        }

        /** Process that opened it. */
        public int pid() {
            return pid;
        }

        /** What it last chose; {@code null} for one that never chose. */
        public @Nullable StreamParams params() {
            return levels.params();
        }

        /** Frames that were heard, or recorded. */
        public long frames() {
            return levels.frames();
        }

        /** The greatest magnitude, full scale at 1. */
        public double peak() {
            return levels.peak();
        }

        /** Root of the mean square, full scale at 1. */
        public double rms() {
            return levels.rms();
        }

        /** How often it stopped for want of its program. */
        public int xruns() {
            return xruns;
        }

        /** How long its program took at most to come back once it could, in nanoseconds. */
        public long latestNanos() {
            return latestNanos;
        }
    }

    @Override
    public StreamTap opened(Substream stream) {
        Entry entry = new Entry(stream);
        entries.add(entry);
        return entry.levels;
    }

    /** By which the supervisor tells it. */
    StreamWatch watch() {
        return new Watch();
    }

    private final class Watch implements StreamWatch {
        @Override
        public void openedBy(PcmFile file, String program, int pid) {
            Entry entry = open(file.substream());
            if (entry != null) {
                entry.program = program;
                entry.pid = pid;
            }
        }

        @Override
        public void cameBack(Substream stream, long afterNanos) {
            Entry entry = open(stream);
            if (entry != null) {
                entry.latestNanos = Math.max(entry.latestNanos, afterNanos);
            }
        }

        @Override
        public void closing(Substream stream, int xruns) {
            Entry entry = open(stream);
            if (entry != null) {
                entry.xruns = xruns;
                entry.closed = true;
            }
        }
    }

    private @Nullable Entry open(Substream stream) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.of == stream) {
                return entry.closed ? null : entry;
            }
        }
        return null;
    }

    /** All streams so far, in the order in which they were opened. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }
}
