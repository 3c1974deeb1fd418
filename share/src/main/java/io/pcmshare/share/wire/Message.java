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
}
