package io.pcmshare.share.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.MmapControl;
import io.pcmshare.abi.MmapStatus;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.WakeStatus;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.Region;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.testkit.Allocations;
import io.pcmshare.testkit.NoFdLeaks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

@NoFdLeaks
@Timeout(60)
final class SharedStreamTest {
    private static final int RATE = 8000;
    private static final int FRAME_BYTES = 4;
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    private final ManualClock clock = new ManualClock();
    private final Card card = new Card(0, "Test", "Test card", clock, new MemfdRegions());
    private final PcmDevice device = card.addDevice("Test PCM", "Test PCM");
    private final MovingOps speaker = new MovingOps(false);
    private final SharedStream stream;
    private final SharedStream recording;

    SharedStreamTest() throws PcmOpenException {
        device.addSubstream(PcmStream.PLAYBACK, speaker);
        device.addSubstream(PcmStream.CAPTURE, new MovingOps(true));
        stream = share(PcmStream.PLAYBACK);
        recording = share(PcmStream.CAPTURE);
    }

    private SharedStream share(PcmStream direction) throws PcmOpenException {
        PcmFile owner = device.open(direction, OpenFlags.RDWR_NONBLOCK, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, RATE);
        space.set(HwParam.PERIOD_SIZE, 1000);
        space.set(HwParam.BUFFER_SIZE, 4000);
        assertThat(owner.hwParams(space)).isZero();
        assertThat(owner.prepare()).isZero();
        return new SharedStream(owner);
    }

    @AfterEach
    void closeStreams() {
        stream.close();
        recording.close();
    }

    @Test
    void theDupOfJanuary2019KnowsOneMode() {
        assertThat(grant(Permissions.FULL).anonymousDupV1(0)).isInstanceOf(DupResult.Made.class);
        for (int mode : new int[] {1, 2, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(grant(Permissions.FULL).anonymousDupV1(mode))
                    .isEqualTo(new DupResult.Refused(Errno.ENOSYS));
        }
    }

    @Test
    void theDupOfFebruary2019KnowsTwo() {
        assertThat(made(grant(Permissions.FULL).anonymousDup(0)).permissions())
                .isEqualTo(Permissions.FULL);
        assertThat(made(grant(Permissions.FULL).anonymousDup(1)).permissions())
                .isEqualTo(Permissions.BUFFER);
        for (int mode : new int[] {2, 7, 256, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(grant(Permissions.FULL).anonymousDup(mode))
                    .isEqualTo(new DupResult.Refused(Errno.EINVAL));
        }
    }

    /** As the kernel: a perm 1 descriptor answers ENOTTY before it looks at the argument. */
    @Test
    void withoutThePermissionADupIsNoCallAtAll() {
        Grant buffer = made(grant(Permissions.FULL).anonymousDup(1));

        assertThat(buffer.anonymousDup(0)).isEqualTo(new DupResult.Refused(Errno.ENOTTY));
        assertThat(buffer.anonymousDup(7)).isEqualTo(new DupResult.Refused(Errno.ENOTTY));
        assertThat(buffer.anonymousDupV1(0)).isEqualTo(new DupResult.Refused(Errno.ENOTTY));
    }

    @Test
    void aBufferGrantIsTheRingAndNoCall() throws IOException {
        Grant grant = grant(Permissions.BUFFER);

        assertThat(grant.borrowFds()).hasSize(1);
        assertThat(grant.borrowFds().getFirst().target()).startsWith("/memfd:snd-pcm-buf");
        int enotty = Errno.ENOTTY.negated();
        assertThat(grant.file().start()).isEqualTo(enotty);
        assertThat(grant.file().hwsync()).isEqualTo(enotty);
        assertThat(grant.file().forward(1)).isEqualTo(enotty);
        assertThat(grant.file().transfer((r, o, u, b) -> 0, 1)).isEqualTo(enotty);
    }

    @Test
    void aGrantKeepsTheSubstreamBusyAfterItsOwnerClosed() {
        Grant grant = grant(Permissions.BUFFER);

        stream.owner().close();

        assertThat(device.subdevicesAvail(PcmStream.PLAYBACK)).isZero();
        grant.close();
        grant.close();
        assertThat(device.subdevicesAvail(PcmStream.PLAYBACK)).isEqualTo(1);
    }

    @Test
    void whatARevokedHolderWritesIsNotHeardAndItsMemoryStaysReadable() throws IOException {
        Grant grant = grant(Permissions.PAGES);
        try (Mapped client = new Mapped(grant)) {
            client.ring().fill((byte) 1);
            client.control().applPtr(4000);
            assertThat(stream.start()).isZero();
            clock.advance(FrameTime.nanos(1500, RATE));

            long cut = grant.revoke();
            client.ring().fill((byte) 2);
            client.control().applPtr(100);

            assertThat(cut).isEqualTo(1500);
            assertThat(grant.isRevoked()).isTrue();
            assertThat(client.status().state()).isEqualTo(PcmState.DISCONNECTED.code());
            assertThat(client.wake().revoked()).isEqualTo(1);
            assertThat(client.status().hwPtr()).isEqualTo(1500);
            clock.advance(FrameTime.nanos(2000, RATE));
            card.tick();
            assertThat(stream.owner().status().applPtr()).as("kept from before").isEqualTo(4000);
            byte[] heard = speaker.heard();
            assertThat(heard).hasSize(3500 * FRAME_BYTES);
            assertThat(java.util.Arrays.copyOf(heard, 1500 * FRAME_BYTES)).containsOnly(1);
            assertThat(java.util.Arrays.copyOfRange(heard, 1500 * FRAME_BYTES, heard.length))
                    .containsOnly(0);
            assertThat(client.ring().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void nothingRecordedReachesARevokedHolder() throws IOException {
        Grant grant;
        try {
            grant = recording.grant(Permissions.PAGES);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
        try (Mapped client = new Mapped(grant, Mapping.PROT_READ)) {
            assertThat(recording.start()).isZero();
            clock.advance(FrameTime.nanos(1000, RATE));
            grant.revoke();
            clock.advance(FrameTime.nanos(1000, RATE));
            card.tick();

            assertThat(client.ring().get(ValueLayout.JAVA_BYTE, 999 * 4)).isEqualTo((byte) 5);
            assertThat(client.ring().get(ValueLayout.JAVA_BYTE, 1000 * 4)).isZero();
            assertThat(recording.owner().status().hwPtr()).isEqualTo(2000);
        }
    }

    @Test
    void otherHoldersAreToldAndPlayOnInTheNewMemory() throws IOException {
        Grant revoked = grant(Permissions.PAGES);
        Grant other = grant(Permissions.PAGES);
        int[] told = {0};
        other.onMemoryReplaced(() -> told[0]++);
        revoked.onMemoryReplaced(() -> told[0] += 100);
        try (Mapped before = new Mapped(other)) {
            before.control().applPtr(4000);
            assertThat(stream.start()).isZero();

            revoked.revoke();

            assertThat(told[0]).isEqualTo(1);
            assertThat(stream.grants()).containsExactly(other);
            try (Mapped after = new Mapped(other)) {
                after.ring().fill((byte) 3);
                clock.advance(FrameTime.nanos(10, RATE));
                card.tick();
                assertThat(speaker.heard()).hasSize(40).containsOnly(3);
                assertThat(after.wake().isValid()).isTrue();
                assertThat(after.status().state()).isEqualTo(PcmState.RUNNING.code());
                assertThat(after.control().applPtr()).isEqualTo(4000);
            }
        }
    }

    /** What lockstep does, with the revocation at the worst instant. */
    @Test
    void aRevocationWhileSomebodyWaitsForAKickEndsTheWait() {
        Grant grant = grant(Permissions.PAGES);

        stream.awaitKick(
                1_000_000L,
                () -> {
                    try {
                        grant.revoke();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return true;
                });

        assertThat(grant.isRevoked()).isTrue();
        stream.kick();
    }

    @Test
    void wakingClientsAllocatesNothing() throws IOException {
        Grant grant = grant(Permissions.PAGES);
        stream.owner()
                .swParams(
                        stream.owner()
                                .currentSwParams()
                                .withStopThreshold(stream.owner().geometry().boundary()));
        try (Mapped client = new Mapped(grant)) {
            client.control().applPtr(4000);
            // somebody seems to wait, so that the futex call is made each time
            client.waiting();
            assertThat(stream.start()).isZero();
            int before = client.wake().wakeSeq();

            long bytes = Allocations.bytesOnceWarm(() -> periods(10_000));

            assertThat(bytes).isZero();
            assertThat((client.wake().wakeSeq() - before) % 10_000).isZero();
        }
    }

    private void periods(int count) {
        for (int i = 0; i < count; i++) {
            clock.advanceTo(card.nextTickNanos());
            card.tick();
        }
    }

    private Grant grant(Permissions permissions) {
        try {
            return stream.grant(permissions);
        } catch (PcmOpenException e) {
            throw new AssertionError(e);
        }
    }

    private static Grant made(DupResult result) {
        if (result instanceof DupResult.Made(Grant grant)) {
            return grant;
        }
        throw new AssertionError(result);
    }

    /** What a client makes of the descriptors it is sent. */
    private static final class Mapped implements AutoCloseable {
        private final List<Mapping> mappings = new ArrayList<>();

        Mapped(Grant grant) throws IOException {
            this(grant, READ_WRITE);
        }

        Mapped(Grant grant, int ringProt) throws IOException {
            assertThat(grant.permissions().has(Right.MAP_CONTROL)).isTrue();
            int[] prots = {ringProt, Mapping.PROT_READ, READ_WRITE};
            List<Fd> fds = grant.borrowFds();
            for (int i = 0; i < fds.size(); i++) {
                Fd fd = fds.get(i);
                mappings.add(Mapping.map(fd, 0, fd.size(), prots[i], Mapping.MAP_SHARED));
            }
        }

        java.lang.foreign.MemorySegment ring() {
            return mappings.get(0).segment();
        }

        MmapStatus status() {
            return new MmapStatus(mappings.get(1).segment());
        }

        WakeStatus wake() {
            return new WakeStatus(mappings.get(1).segment());
        }

        MmapControl control() {
            return new MmapControl(mappings.get(2).segment());
        }

        void waiting() {
            new io.pcmshare.abi.WakeControl(mappings.get(2).segment()).waiting(1);
        }

        @Override
        public void close() {
            mappings.forEach(Mapping::close);
        }
    }

    /** The owner's own view of the ring, for tests that need it. */
    @Test
    void theRingIsAsLongAsItsPages() {
        Region data = Objects.requireNonNull(stream.owner().memory().regions().data());

        assertThat(data.memory().byteSize()).isEqualTo(16384);
    }
}
