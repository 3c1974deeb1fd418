package io.pcmshare.share.wire;

/** What client and server say to each other; {@code docs/protocol.md} draws the bytes. */
public sealed interface Message {
    /** Type of the message on the wire. */
    int type();

    /**
     * Client to server, first: who I am.
     *
     * @param confined whether I have given up files, network and processes; the server looks itself
     */
    record Hello(boolean confined) implements Message {
        static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client, with the descriptors that {@code permissions} allow to map, in the order
     * ring, status page, control page: this is yours.
     *
     * @param stream {@code SNDRV_PCM_STREAM_*}
     * @param format {@code SNDRV_PCM_FORMAT_*}
     * @param channels samples in a frame
     * @param rate frames a second
     * @param periodSize frames between two wake-ups
     * @param bufferSize frames in the ring
     * @param boundary where pointers wrap, frames
     * @param permissions bits of {@link io.pcmshare.share.Right}
     */
    record Offer(
            int stream,
            int format,
            int channels,
            int rate,
            long periodSize,
            long bufferSize,
            long boundary,
            long permissions)
            implements Message {
        static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Client to server: the ring holds the first frames; start when you like.
     *
     * @param frames how many
     */
    record Ready(long frames) implements Message {
        static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: the stream has started.
     *
     * @param startNanos {@code CLOCK_MONOTONIC} at frame 0, nanoseconds
     */
    record Begin(long startNanos) implements Message {
        static final int TYPE = 4;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Client to server: nothing follows.
     *
     * @param frames written since the beginning
     */
    record Done(long frames) implements Message {
        static final int TYPE = 5;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: the grant was taken back.
     *
     * @param hwPtr from which on nothing of yours is heard, frames
     */
    record Revoked(long hwPtr) implements Message {
        static final int TYPE = 6;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: no.
     *
     * @param errno why, as a Linux error number
     */
    record Refused(int errno) implements Message {
        static final int TYPE = 7;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: the stream is about to move into other memory, whose descriptors come with
     * this, as with an {@link Offer}.
     */
    record Memory() implements Message {
        static final int TYPE = 9;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** Client to server: that memory holds what the other held, and its pointer. */
    record Moved() implements Message {
        static final int TYPE = 10;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: everything was played.
     *
     * @param frames played since the beginning
     */
    record Finished(long frames) implements Message {
        static final int TYPE = 8;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Client to server, first, in place of {@link Hello}: I want a stream that is like this.
     *
     * @param flags bits of {@link OpenFlag}
     * @param stream {@code SNDRV_PCM_STREAM_*}
     * @param format {@code SNDRV_PCM_FORMAT_*}
     * @param channels samples in a frame
     * @param rate frames a second
     * @param device {@link #deviceOf}, or {@link #ANY_DEVICE}
     * @param periodSize frames between two wake-ups; 0 for what the server thinks good
     * @param bufferSize frames in the ring; 0 for what the server thinks good
     * @param positions {@code SNDRV_CHMAP_*} of the first eight channels, a byte each, the first
     *     one the lowest; 0 for what so many channels usually are
     * @param permissions bits of {@link io.pcmshare.share.Right}, no more than which are wanted; 0
     *     for all that there are
     */
    record Open(
            int flags,
            int stream,
            int format,
            int channels,
            int rate,
            int device,
            int periodSize,
            int bufferSize,
            long positions,
            long permissions)
            implements Message {
        static final int TYPE = 11;

        /** The default one of its direction. */
        public static final int ANY_DEVICE = -1;

        /** A device of a card by its number. */
        public static int deviceOf(int card, int device) {
            return card << 16 | device;
        }

        /** Whether a flag is set. */
        public boolean has(OpenFlag flag) {
            return (flags & flag.bit()) != 0;
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** How a stream is wanted. */
    enum OpenFlag {
        /** Every thread of the client is confined. */
        CONFINED(1),
        /** Alone: the ring is the device's own. */
        EXCLUSIVE(1 << 1),
        /** As little ahead of what is heard as can be. */
        LOW_LATENCY(1 << 2),
        /** What a device plays is recorded. */
        MONITOR(1 << 3);

        private final int bit;

        OpenFlag(int bit) {
            this.bit = bit;
        }

        /** Its bit in {@link Open#flags}. */
        public int bit() {
            return bit;
        }

        /** The flags that there are. */
        static int known() {
            int all = 0;
            for (OpenFlag flag : values()) {
                all |= flag.bit;
            }
            return all;
        }
    }

    /**
     * Client to server: do this with my stream.
     *
     * @param what which call, {@link io.pcmshare.abi.PcmIoctl} by its number: {@code PREPARE},
     *     {@code DROP} or {@code PAUSE}
     * @param argument of {@code PAUSE}: 1 to pause, 0 to go on
     */
    record Call(int what, int argument) implements Message {
        static final int TYPE = 12;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Server to client: what a {@link Call}, or a {@link Volume}, came to.
     *
     * @param what as in the call; 0 of a volume
     * @param answer 0, or a negated errno
     */
    record Result(int what, int answer) implements Message {
        static final int TYPE = 13;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * Client to server: I want to be so loud.
     *
     * @param muted whether silent, whatever the volume
     * @param decibels 0 for as it comes, at most 20
     */
    record Volume(boolean muted, double decibels) implements Message {
        static final int TYPE = 14;

        @Override
        public int type() {
            return TYPE;
        }
    }
}
