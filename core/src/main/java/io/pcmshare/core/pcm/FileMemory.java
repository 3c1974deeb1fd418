package io.pcmshare.core.pcm;

import io.pcmshare.abi.Errno;

import java.io.IOException;
import java.util.function.Consumer;

/** The memory of an open stream, for its owner. Threads: any; owns nothing. */
public final class FileMemory {
    private final Substream substream;

    FileMemory(Substream substream) {
        this.substream = substream;
    }

    /** The memory that clients may map. Owned by the substream. */
    public StreamRegions regions() {
        synchronized (substream.card().lock()) {
            return StreamRegions.of(substream.runtime());
        }
    }

    /**
     * Makes memory for a later {@link #replace}, so that the change itself takes microseconds.
     *
     * @return regions that the caller owns until he hands them over
     * @throws IOException when there is no memory to be had
     */
    public StreamRegions spare() throws IOException {
        synchronized (substream.card().lock()) {
            return MemoryChange.allocateAll(substream);
        }
    }

    /** Whether spare memory is of the size that the stream needs now. */
    public boolean fits(StreamRegions spare) {
        synchronized (substream.card().lock()) {
            return MemoryChange.fits(substream, spare);
        }
    }

    /**
     * Gives the stream new memory, so that whoever holds the old has nothing to do with it any
     * more. The new ring is silent; state and pointers go on.
     *
     * @param fresh from {@link #spare}; the stream's from now on
     * @param keepFrames how much of what lies ahead in the old ring is still heard, at most what
     *     the client has written; 0 for none
     * @param adopt told of the new memory under the card's lock, while the old is still mapped
     * @return the hardware pointer at that instant
     */
    public long replace(StreamRegions fresh, long keepFrames, Consumer<StreamRegions> adopt) {
        synchronized (substream.card().lock()) {
            return MemoryChange.replace(substream, fresh, keepFrames, adopt);
        }
    }

    /**
     * Puts the stream into memory that its client has filled already, samples and pointer, so that
     * nothing is lost and nothing is silent.
     *
     * @return the hardware pointer at that instant
     */
    public long move(StreamRegions filled, Consumer<StreamRegions> adopt) {
        synchronized (substream.card().lock()) {
            return MemoryChange.move(substream, filled, adopt);
        }
    }

    /**
     * Makes silence of everything that the hardware has not played yet.
     *
     * @return the hardware pointer at that instant
     */
    public long silenceAhead() {
        synchronized (substream.card().lock()) {
            return MemoryChange.silenceAhead(substream);
        }
    }

    /**
     * How long memory has to be to hold the ring: whole pages.
     *
     * @return bytes; 0 before parameters were chosen
     */
    public long ringBytes() {
        synchronized (substream.card().lock()) {
            StreamParams params = substream.isBusy() ? substream.runtime().params : null;
            long page = RegionSource.PAGE_BYTES;
            return params == null ? 0 : Math.ceilDiv(params.bufferBytes(), page) * page;
        }
    }

    /**
     * Makes memory that is not the stream's own its ring, before it runs or while it does; from the
     * next frame on that memory is played from, or recorded to. Whoever mapped the old ring keeps
     * memory that this stream does not look at any more.
     *
     * @param region at least as long as the ring; the stream's from now on where the answer is 0
     * @return 0; or negated {@code EBADFD} before parameters were chosen, {@code EINVAL} for one
     *     that is too short, {@code EACCES} for one that cannot be recorded to, {@code ENODEV}
     */
    public int attachRing(Region region) {
        synchronized (substream.card().lock()) {
            return substream.isBusy()
                    ? MemoryChange.attachRing(substream, region)
                    : Errno.EBADFD.negated();
        }
    }

    /**
     * Undoes {@link #attachRing}: the stream goes on, in memory of its own, which is silent.
     *
     * @return 0; or negated {@code EINVAL} where nothing is attached, {@code ENOMEM}, and then it
     *     still is
     */
    public int detachRing() {
        synchronized (substream.card().lock()) {
            return substream.isBusy() ? MemoryChange.detachRing(substream) : Errno.EBADFD.negated();
        }
    }

    /** Somebody mapped the ring: until it is unmapped, parameters stay. */
    public void mapped() {
        synchronized (substream.card().lock()) {
            substream.runtime().mmapCount++;
        }
    }

    /** Somebody unmapped the ring. */
    public void unmapped() {
        synchronized (substream.card().lock()) {
            if (substream.isBusy()) {
                substream.runtime().mmapCount--;
            }
        }
    }
}
