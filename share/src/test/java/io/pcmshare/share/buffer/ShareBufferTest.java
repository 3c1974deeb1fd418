package io.pcmshare.share.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.fence.Fence;
import io.pcmshare.share.fence.FenceResult;
import io.pcmshare.share.fence.FenceSource;
import io.pcmshare.share.fence.FrameTimeline;
import io.pcmshare.share.fence.Party;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

@NoFdLeaks
@Timeout(60)
final class ShareBufferTest {
    private static final long LONG_NANOS = 50_000_000_000L;
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    private final ShareBuffers buffers = new ShareBuffers();
    private final TwoCards cards = new TwoCards();

    @AfterEach
    void closeAll() {
        buffers.close();
        cards.close();
    }

    private ShareBuffer export(PcmFile file) {
        if (buffers.export(file) instanceof BufferResult.Made(ShareBuffer buffer)) {
            return buffer;
        }
        throw new AssertionError("refused");
    }

    private static Fence made(FenceResult result) {
        if (result instanceof FenceResult.Made(Fence fence)) {
            return fence;
        }
        throw new AssertionError(result);
    }

    private static void write(PcmFile file, int frames, int value) {
        long written =
                file.transfer(
                        (ring, at, from, bytes) -> {
                            ring.asSlice(at, bytes).fill((byte) value);
                            return 0;
                        },
                        frames);
        assertThat(written).isEqualTo(frames);
    }

    /** Forwards without copying, so that what is heard is what lies in the ring. */
    private static void startWithAll(PcmFile file) {
        assertThat(file.forward(TwoCards.BUFFER)).isEqualTo(TwoCards.BUFFER);
        assertThat(file.start()).isZero();
    }

    @Test
    void whatOneCardRecordsAnotherPlaysFromTheSameMemory() {
        PcmFile microphone = cards.prepared(0, PcmStream.CAPTURE);
        PcmFile speaker = cards.prepared(1, PcmStream.PLAYBACK);
        try (ShareBuffer buffer = export(microphone)) {
            assertThat(buffer.attach(speaker)).isZero();
            assertThat(buffer.attach(speaker)).isEqualTo(Errno.EBUSY.negated());
            assertThat(microphone.start()).isZero();
            cards.pass(TwoCards.PERIOD);
            assertThat(speaker.forward(TwoCards.PERIOD)).isEqualTo(TwoCards.PERIOD);
            assertThat(speaker.start()).isZero();
            cards.pass(TwoCards.PERIOD);

            assertThat(cards.otherSpeaker.heard())
                    .hasSize(TwoCards.PERIOD * TwoCards.FRAME_BYTES)
                    .containsOnly(5);
            assertThat(speaker.substream().copiedFrames()).isZero();
        }
    }

    @Test
    void aRecordingThatOnlyItsStreamMayWriteCanBePlayedButNotRecordedTo() {
        try (TwoCards strict = new TwoCards(new MemfdRegions())) {
            PcmFile microphone = strict.prepared(0, PcmStream.CAPTURE);
            PcmFile speaker = strict.prepared(1, PcmStream.PLAYBACK);
            PcmFile own = strict.prepared(0, PcmStream.PLAYBACK);
            try (ShareBuffer buffer = export(microphone);
                    ShareBuffer played = export(own)) {
                assertThat(buffer.attach(speaker)).isZero();
                assertThat(speaker.transfer((r, o, u, b) -> 0, 1))
                        .isEqualTo(Errno.EACCES.negated());
                startWithAll(speaker);
                assertThat(microphone.start()).isZero();
                strict.pass(100);
                assertThat(strict.otherSpeaker.heard()).hasSize(100 * TwoCards.FRAME_BYTES);
                assertThat(played.attach(microphone)).as("to a ring that plays").isZero();
                assertThat(buffers.detach(microphone)).isZero();
            }
        }
    }

    @Test
    void aStreamThatRunsGoesOnSilentAfterTheDetachAndTheOthersKeepTheirBuffer() {
        PcmFile first = cards.prepared(0, PcmStream.PLAYBACK);
        PcmFile second = cards.prepared(1, PcmStream.PLAYBACK);
        try (ShareBuffer buffer = export(first)) {
            write(first, TwoCards.BUFFER, 7);
            startWithAll(second);
            cards.pass(1);
            assertThat(buffer.attach(second)).as("while it runs").isZero();
            cards.pass(1000);
            assertThat(buffers.detach(second)).isZero();
            cards.pass(500);

            byte[] heard = cards.otherSpeaker.heard();
            assertThat(heard).hasSize(1501 * TwoCards.FRAME_BYTES);
            assertThat(heard[0]).isZero();
            assertThat(Arrays.copyOfRange(heard, 4, 1001 * 4)).containsOnly(7);
            assertThat(Arrays.copyOfRange(heard, 1001 * 4, 1501 * 4)).containsOnly(0);
            assertThat(second.state()).isEqualTo(PcmState.RUNNING);
            assertThat(cards.speaker.heard()).containsOnly(7);
            assertThat(buffers.detach(second)).isEqualTo(Errno.EINVAL.negated());
        }
    }

    @Test
    void theBufferLivesUntilTheLastOfItsUsersIsGone() throws ErrnoException {
        PcmFile microphone = cards.prepared(0, PcmStream.CAPTURE);
        PcmFile speaker = cards.prepared(1, PcmStream.PLAYBACK);
        ShareBuffer buffer = export(microphone);
        try (Fd outside = buffer.borrowFd().reopen(Fd.O_RDWR)) {
            assertThat(buffer.attach(speaker)).isZero();
            assertThat(microphone.start()).isZero();
            cards.pass(TwoCards.BUFFER - 1);

            microphone.close();
            buffer.close();
            startWithAll(speaker);
            cards.pass(10);

            assertThat(cards.otherSpeaker.heard()).hasSize(40).containsOnly(5);
            assertThat(buffers.all()).as("attached, so that it can be detached").hasSize(1);
            assertThat(buffers.detach(speaker)).isZero();
            assertThat(buffers.all()).isEmpty();
            try (Mapping mapping = Mapping.map(outside, 0, 4096, READ_WRITE, Mapping.MAP_SHARED)) {
                assertThat(mapping.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
            }
        }
    }

    @Test
    void sameMemoryIsTheSameBufferWhoeverExportsIt() {
        PcmFile first = cards.prepared(0, PcmStream.PLAYBACK);
        PcmFile second = cards.prepared(1, PcmStream.PLAYBACK);
        try (ShareBuffer buffer = export(first)) {
            assertThat(buffer.bytes()).isEqualTo(16384);
            assertThat(buffer.attach(second)).isZero();
            try (ShareBuffer again = export(second)) {
                assertThat(again).isSameAs(buffer);
            }
            assertThat(buffer.borrowFd().isOpen()).isTrue();
        }
    }

    @Test
    void whatCannotBeAttachedIsRefusedByName() {
        PcmFile small = cards.prepared(0, PcmStream.PLAYBACK, 2 * TwoCards.PERIOD);
        PcmFile open = cards.open(1, PcmStream.PLAYBACK);
        assertThat(buffers.export(open)).isEqualTo(new BufferResult.Refused(Errno.EBADFD));
        try (ShareBuffer buffer = export(small)) {
            assertThat(buffer.attach(open)).isEqualTo(Errno.EBADFD.negated());
            open.close();
            PcmFile large = cards.prepared(1, PcmStream.PLAYBACK);
            assertThat(buffer.attach(large)).isEqualTo(Errno.EINVAL.negated());
            assertThat(buffer.attach(small)).as("its own").isZero();
            assertThat(buffers.detach(small)).isZero();
        }
    }

    @Test
    void theFenceOfABufferWaitsForItsDevices() {
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        PcmFile microphone = cards.prepared(0, PcmStream.CAPTURE);
        try (ShareBuffer played = export(speaker);
                ShareBuffer recorded = export(microphone)) {
            write(speaker, 1500, 1);
            assertThat(microphone.start()).isZero();
            cards.pass(100);

            Fence canWrite = made(played.fence(BufferAccess.WRITE));
            Fence canRead = made(played.fence(BufferAccess.READ));
            Fence periodThere = made(recorded.fence(BufferAccess.READ));
            assertThat(canRead.status()).as("a player only reads").isEqualTo(Fence.SIGNALLED);
            assertThat(canWrite.status()).isEqualTo(Fence.PENDING);
            cards.pass(900);
            assertThat(periodThere.status()).isEqualTo(Fence.SIGNALLED);
            assertThat(canWrite.status()).isEqualTo(Fence.PENDING);
            cards.pass(500);
            assertThat(canWrite.status()).isEqualTo(Fence.SIGNALLED);
        }
    }

    @Test
    void framesOfATimelineAreFencesToo() {
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        write(speaker, 3000, 1);
        FrameTimeline timeline = new FrameTimeline(speaker.substream());

        Fence at1200 = made(timeline.at(1200));
        Fence at2900 = made(timeline.at(2900));
        assertThat(made(timeline.at(1200))).isSameAs(at1200);
        cards.pass(1200);
        assertThat(at1200.status()).isEqualTo(Fence.SIGNALLED);
        assertThat(made(timeline.at(1200)).status()).isEqualTo(Fence.SIGNALLED);
        assertThat(at2900.parts().getFirst().timeline()).isEqualTo("pcmC0D0p sub0");
        speaker.drop();
        assertThat(at2900.status()).isEqualTo(Errno.ECANCELED.negated());
        assertThat(timeline.at(3000)).isEqualTo(new FenceResult.Refused(Errno.EBADFD));
    }

    @Test
    void theEndOfABracketIsAFenceAndADeadOwnersFails() {
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        Party writer = new Party("writer");
        Party reader = new Party("reader");
        try (ShareBuffer buffer = export(speaker)) {
            buffer.begin(writer, BufferAccess.WRITE);
            buffer.begin(writer, BufferAccess.WRITE);
            buffer.begin(reader, BufferAccess.READ);
            Fence forReading = made(buffer.fence(BufferAccess.READ));
            Fence forWriting = made(buffer.fence(BufferAccess.WRITE));

            assertThat(buffer.end(writer, BufferAccess.WRITE)).isTrue();
            assertThat(forReading.status()).as("nested").isEqualTo(Fence.PENDING);
            assertThat(buffer.end(writer, BufferAccess.WRITE)).isTrue();
            assertThat(buffer.end(writer, BufferAccess.WRITE)).isFalse();
            assertThat(forReading.status()).isEqualTo(Fence.SIGNALLED);
            assertThat(forWriting.status()).isEqualTo(Fence.PENDING);
            buffers.gone(reader);
            assertThat(forWriting.status()).isEqualTo(Errno.EOWNERDEAD.negated());
        }
    }

    @Test
    void whoBeginsWaitsForTheFencesThatWereAdded() throws InterruptedException {
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        Party one = new Party("one");
        Party two = new Party("two");
        FenceSource reads = new FenceSource("reads", "one", one);
        FenceSource writes = new FenceSource("writes", "one", one);
        try (ShareBuffer buffer = export(speaker)) {
            assertThat(buffer.add(reads.fence(), BufferAccess.READ)).isZero();
            assertThat(buffer.begin(two, BufferAccess.READ, 0)).as("readers share").isZero();
            assertThat(buffer.begin(two, BufferAccess.WRITE, 1)).isEqualTo(Errno.ETIME.negated());
            assertThat(buffer.begin(one, BufferAccess.WRITE, LONG_NANOS))
                    .as("for its own")
                    .isEqualTo(Errno.EDEADLK.negated());
            assertThat(buffer.add(writes.fence(), BufferAccess.WRITE)).isZero();
            assertThat(buffer.begin(two, BufferAccess.READ, 1)).isEqualTo(Errno.ETIME.negated());
            Thread other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        reads.signal();
                                        writes.close();
                                    });

            assertThat(buffer.begin(two, BufferAccess.WRITE, LONG_NANOS))
                    .as("a fence that failed is waited for no more")
                    .isZero();
            other.join();
            assertThat(buffer.toWaitFor(BufferAccess.WRITE)).isNull();
        }
    }

    @Test
    void fencesThatAreAddedAreLimitedAndThoseThatAreDoneForgotten() {
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        Party one = new Party("one");
        try (ShareBuffer buffer = export(speaker)) {
            FenceSource first = new FenceSource("first", "one", one);
            assertThat(buffer.add(first.fence(), BufferAccess.READ)).isZero();
            for (int i = 1; i < ShareBuffer.MOST_FENCES; i++) {
                Fence more = new FenceSource("more", "one", one).fence();
                assertThat(buffer.add(more, BufferAccess.READ)).isZero();
            }
            assertThat(buffer.add(first.fence(), BufferAccess.READ))
                    .isEqualTo(Errno.ENOSPC.negated());
            first.signal();
            assertThat(buffer.add(new FenceSource("x", "x", one).fence(), BufferAccess.READ))
                    .isZero();
        }
    }

    @Test
    void aBufferIsADmaBufOfTheKernelWhereItHasUdmabuf() throws ErrnoException {
        assumeTrue(
                Files.isWritable(Path.of("/dev/udmabuf")),
                "there is no /dev/udmabuf here that we may write");
        PcmFile speaker = cards.prepared(0, PcmStream.PLAYBACK);
        try (ShareBuffer buffer = export(speaker);
                Fd dmaBuf = buffer.dmaBuf();
                Mapping mapping = Mapping.map(dmaBuf, 0, 4096, READ_WRITE, Mapping.MAP_SHARED)) {
            mapping.segment().fill((byte) 9);
            startWithAll(speaker);
            cards.pass(100);

            assertThat(cards.speaker.heard()).hasSize(400).containsOnly(9);
        }
    }

    @Test
    void newParametersDetachAndLeaveTheBufferToTheOthers() {
        PcmFile first = cards.prepared(0, PcmStream.PLAYBACK);
        PcmFile second = cards.prepared(1, PcmStream.PLAYBACK);
        try (ShareBuffer buffer = export(first)) {
            assertThat(buffer.attach(second)).isZero();
            assertThat(second.hwFree()).isZero();

            assertThat(buffers.detach(second)).isEqualTo(Errno.EINVAL.negated());
            assertThat(first.memory().regions().data())
                    .isInstanceOfSatisfying(
                            SharedRegion.class, ring -> assertThat(ring.isOpen()).isTrue());
            assertThat(buffer.borrowFd().isOpen()).isTrue();
        }
    }
}
