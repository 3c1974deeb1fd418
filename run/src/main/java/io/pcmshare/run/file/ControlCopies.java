package io.pcmshare.run.file;

import io.pcmshare.core.pcm.Region;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Two control pages that are to look like one: programs that map it at the old offset and programs
 * that map it at the new one. Each is compared with what it was last made; the one that somebody
 * has written is copied over the other. Threads: one, beside the programs that write.
 */
final class ControlCopies {
    /** {@code struct snd_pcm_mmap_control} and {@code _status} are shorter. */
    static final long BYTES = 64;

    private static final int WORDS = 2;

    private final long[] last = new long[WORDS];

    void merge(Region control) {
        MemorySegment first = control.memory();
        @Nullable MemorySegment second = StreamFiles.copyOf(control);
        if (second == null) {
            return;
        }
        for (int i = 0; i < WORDS; i++) {
            // each word has one writer, a program, through whichever page it maps
            long one = first.getAtIndex(ValueLayout.JAVA_LONG, i);
            long other = second.getAtIndex(ValueLayout.JAVA_LONG, i);
            if (one != last[i]) {
                second.setAtIndex(ValueLayout.JAVA_LONG, i, one);
                last[i] = one;
            } else if (other != last[i]) {
                first.setAtIndex(ValueLayout.JAVA_LONG, i, other);
                last[i] = other;
            }
        }
    }
}
