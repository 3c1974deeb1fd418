package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.testkit.NoFdLeaks;
import io.pcmshare.testkit.Seeds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Rounds of start, grant, play, and an end of the grant at a random instant, while its holder
 * writes without end and the card plays on another thread.
 */
@NoFdLeaks
@Timeout(180)
final class GrantRoundsTest {
    private static final int ROUNDS = 10_000;
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;
    private static final Subject HOLDER = new Subject(1000, 412, "/usr/bin/holder", "");

    /** What the owner plays after a cut. */
    private static final byte OWN = 0x55;

    /** How far the owner plays after a cut: once around the ring. */
    private static final int AFTER = SharedCard.BUFFER + SharedCard.PERIOD;

    /** By then a program has made all descriptors that it keeps. */
    private static final int WARM = 100;

    private final SharedCard card = new SharedCard(PcmStream.PLAYBACK, new MemfdRegions());
    private final SharedStream stream = card.stream;
    private final PcmFile owner = stream.owner();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Object turn = new Object();
    private final Thread audio = new Thread(this::play, "pcm-audio");
    private volatile boolean over;

    /** Up to where the card plays, so that what is heard in a round can be kept. */
    private volatile long limit;

    /** A quota is counted two periods ahead: whoever takes it back is not later than that here. */
    private volatile boolean due;

    private int round;
    private long warmDescriptors;
    private long warmMappings;

    private enum End {
        REVOKED,
        GIVEN_UP,
        EXPIRED,
        USED_UP
    }

    @BeforeEach
    void startCard() {
        // the stream goes on whatever is done to the pointer, so that a late sample would be heard;
        // what was played is silenced, or what a quota leaves would be heard at every turn
        long boundary = owner.geometry().boundary();
        owner.swParams(
                owner.currentSwParams().withStopThreshold(boundary).withSilence(0, boundary));
        audio.start();
    }

    @AfterEach
    void stopCard() throws InterruptedException {
        over = true;
        audio.join();
        card.close();
        assertThat(failures).isEmpty();
    }

    /** Time goes on in steps of its own, as on a busy machine. */
    private void play() {
        SplittableRandom random = new SplittableRandom(Seeds.first());
        try {
            while (!over) {
                synchronized (turn) {
                    if (!due && owner.hwPtr() < limit) {
                        int frames = random.nextInt(1, 2 * SharedCard.PERIOD - 1);
                        card.clock.advance(FrameTime.nanos(frames, SharedCard.RATE));
                        card.card.tick();
                    }
                }
                breathe();
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    @Test
    void nothingIsHeardOfAHolderAfterTheEndOfHisGrantWheneverThatIs() throws IOException {
        Seeds.forEach(ROUNDS, this::round);

        if (round > WARM) {
            assertThat(memoryDescriptors()).as("descriptors").isEqualTo(warmDescriptors);
            assertThat(memoryMappings()).as("mappings").isEqualTo(warmMappings);
        }
    }

    private void round(SplittableRandom random) {
        try {
            byte pattern = (byte) (1 + round % 80); // never the owner's
            End end = End.values()[random.nextInt(End.values().length)];
            stream.onLimitDue(() -> due = end == End.USED_UP);
            Grant grant = card.grant(terms(end, random));
            try (Holder holder = new Holder(grant, pattern)) {
                start();
                long begun = random.nextInt(3 * SharedCard.BUFFER);
                awaitFrames(end == End.USED_UP || end == End.EXPIRED ? 0 : begun);
                long cut = end(grant, end);
                playOwn(cut + AFTER);
                judge(cut, pattern);
                assertThat(holder.failure).isNull();
            }
            grant.close();
            assertThat(stream.grants()).isEmpty();
            if (++round == WARM) {
                warmDescriptors = memoryDescriptors();
                warmMappings = memoryMappings();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GrantTerms terms(End end, SplittableRandom random) {
        long frames = random.nextInt(1, 3 * SharedCard.BUFFER);
        return switch (end) {
            case REVOKED, GIVEN_UP -> GrantTerms.of(Permissions.PAGES, HOLDER);
            case EXPIRED ->
                    new GrantTerms(
                            Permissions.PAGES,
                            card.clock.monotonicNanos() + FrameTime.nanos(frames, SharedCard.RATE),
                            GrantTerms.UNLIMITED,
                            HOLDER);
            case USED_UP ->
                    new GrantTerms(
                            Permissions.PAGES,
                            GrantTerms.NEVER,
                            2 * SharedCard.PERIOD + frames,
                            HOLDER);
        };
    }

    /** From the beginning, with nothing heard yet. */
    private void start() {
        synchronized (turn) {
            owner.drop();
            assertThat(owner.prepare()).isZero();
            card.ops.forget();
            limit = 8 * SharedCard.BUFFER;
            owner.applPtr(SharedCard.BUFFER);
            due = false;
            assertThat(stream.start()).isZero();
        }
    }

    /** The frame from which on nothing of the holder may be heard. */
    private long end(Grant grant, End end) throws IOException {
        return switch (end) {
            case REVOKED -> grant.revoke();
            case GIVEN_UP -> {
                grant.release();
                yield owner.hwPtr();
            }
            case EXPIRED, USED_UP -> {
                while (!grant.isRevoked()) {
                    stream.enforceLimits();
                }
                due = false;
                long quota = grant.terms().quotaFrames();
                yield quota == GrantTerms.UNLIMITED ? owner.hwPtr() : quota;
            }
        };
    }

    /** The owner plays in the memory that the stream is in now. */
    private void playOwn(long upTo) {
        synchronized (turn) {
            Region ring = Objects.requireNonNull(owner.memory().regions().data());
            ring.memory().fill(OWN);
            owner.applPtr(owner.geometry().advance(owner.hwPtr(), SharedCard.BUFFER));
            limit = Math.max(upTo, owner.hwPtr() + AFTER);
        }
        awaitFrames(limit);
    }

    private void awaitFrames(long frames) {
        while (owner.hwPtr() < frames) {
            assertThat(failures).isEmpty();
            assertThat(owner.state()).isEqualTo(PcmState.RUNNING);
            breathe();
        }
    }

    /** A thread that runs on delays whoever unmaps memory until it is scheduled again. */
    private static void breathe() {
        LockSupport.parkNanos(1_000);
    }

    private void judge(long cut, byte pattern) {
        byte[] heard;
        synchronized (turn) {
            heard = card.ops.heard();
        }
        int silentFrom = Math.toIntExact(cut * SharedCard.FRAME_BYTES);
        assertThat(heard.length).isGreaterThan(silentFrom);
        int own = 0;
        for (int i = 0; i < heard.length; i++) {
            byte sample = heard[i];
            boolean may = sample == 0 || sample == OWN || (sample == pattern && i < silentFrom);
            if (!may) {
                throw new AssertionError(
                        "heard="
                                + sample
                                + ", frame="
                                + i / SharedCard.FRAME_BYTES
                                + ", cut="
                                + cut
                                + ", pattern="
                                + pattern);
            }
            own += sample == OWN ? 1 : 0;
        }
        assertThat(own).as("bytes of the owner's").isPositive();
    }

    /** Writes into everything that it was given, for as long as it lives, whatever it is told. */
    private static final class Holder implements AutoCloseable {
        private final Mapping ring;
        private final Mapping control;
        private final Thread thread;
        private volatile boolean stopped;
        private volatile @Nullable Throwable failure;

        Holder(Grant grant, byte pattern) throws IOException {
            List<Fd> fds = grant.borrowFds();
            ring = map(fds.get(0));
            control = map(fds.get(2));
            thread = Thread.ofPlatform().name("holder").start(() -> scribble(pattern));
        }

        private static Mapping map(Fd fd) throws IOException {
            return Mapping.map(fd, 0, fd.size(), READ_WRITE, Mapping.MAP_SHARED);
        }

        private void scribble(byte pattern) {
            MemorySegment samples = ring.segment();
            MmapControl pointer = new MmapControl(control.segment());
            long frames = 0;
            try {
                while (!stopped) {
                    samples.fill(pattern);
                    frames += 777;
                    pointer.applPtr(frames % 3 == 0 ? -frames : frames);
                    pointer.availMin(frames % 5 == 0 ? Long.MIN_VALUE : frames);
                    breathe();
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ring.close();
            control.close();
        }
    }

    private static long memoryDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(GrantRoundsTest::isMemory).count();
        }
    }

    private static boolean isMemory(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().startsWith("/memfd:");
        } catch (IOException gone) {
            return false;
        }
    }

    private static long memoryMappings() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("/memfd:snd-pcm")).count();
        }
    }
}
