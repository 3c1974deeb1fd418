package io.pcmshare.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmChannelInfo;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.abi.XferI;
import io.pcmshare.abi.XferN;
import io.pcmshare.core.params.HwParamSpace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Channels that lie apart, in the program's memory and in the ring. Kernel:
 * sound/core/pcm_native.c, snd_pcm_xfern_frames_ioctl(); pcm_lib.c, noninterleaved_copy(); no
 * driver of the recordings has it, so the expectations are read there.
 */
final class NonInterleavedTest {
    private static final int EFAULT = Errno.EFAULT.negated();
    private static final int EINVAL = Errno.EINVAL.negated();

    // in the program's memory
    private static final long XFER = TestCaller.BASE;
    private static final long VECTOR = TestCaller.BASE + 1024;
    private static final long LEFT = TestCaller.BASE + 4096;
    private static final long RIGHT = TestCaller.BASE + 65536;
    private static final int SAMPLE_BYTES = 2;
    private static final int FRAMES = 4;

    private final TestCard card =
            new TestCard(1, PcmInfoFlag.NONINTERLEAVED | PcmInfoFlag.INTERLEAVED);

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void whatIsWrittenFromTwoBuffersIsHeardAsFrames(DataModel model) {
        TestCaller caller = new TestCaller(model != DataModel.LP64);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        fill(caller, LEFT, 1, 2, 3, 4);
        fill(caller, RIGHT, 11, 12, 13, 14);

        long answer = transfer(file, caller, model, PcmIoctl.WRITEN_FRAMES, LEFT, RIGHT);
        card.pass(FRAMES);
        card.card.tick();

        // the kernel's 32-bit entry answers the frames, the 64-bit one only in the struct
        assertThat(answer).isEqualTo(model == DataModel.LP64 ? 0 : FRAMES);
        assertThat(new XferN(caller.memory, model).result()).isEqualTo(FRAMES);
        assertThat(heard(file)).containsExactly(1, 11, 2, 12, 3, 13, 4, 14);
    }

    @Test
    void aChannelWithoutABufferPlaysSilence() {
        TestCaller caller = new TestCaller(false);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        TestCard.ring(file).fill((byte) 77);
        fill(caller, RIGHT, 11, 12, 13, 14);

        transfer(file, caller, DataModel.LP64, PcmIoctl.WRITEN_FRAMES, 0, RIGHT);
        card.pass(FRAMES);
        card.card.tick();

        assertThat(heard(file)).containsExactly(0, 11, 0, 12, 0, 13, 0, 14);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void whatIsRecordedGoesToEachChannelsBuffer(DataModel model) {
        TestCaller caller = new TestCaller(model != DataModel.LP64);
        PcmFile file = prepared(PcmStream.CAPTURE, PcmAccess.RW_NONINTERLEAVED);
        TestCard.check(file.start());
        card.pass(FRAMES);

        transfer(file, caller, model, PcmIoctl.READN_FRAMES, LEFT, RIGHT);

        assertThat(bytes(caller, LEFT)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(bytes(caller, RIGHT)).containsExactly(100, 100, 101, 101, 102, 102, 103, 103);
    }

    @Test
    void whatIsRecordedForAChannelWithoutABufferGoesNowhere() {
        TestCaller caller = new TestCaller(false);
        PcmFile file = prepared(PcmStream.CAPTURE, PcmAccess.RW_NONINTERLEAVED);
        TestCard.check(file.start());
        card.pass(FRAMES);

        transfer(file, caller, DataModel.LP64, PcmIoctl.READN_FRAMES, 0, RIGHT);

        assertThat(new XferN(caller.memory, DataModel.LP64).result()).isEqualTo(FRAMES);
        assertThat(bytes(caller, RIGHT)).startsWith(100, 100, 101);
    }

    @Test
    void aWriteThatWrapsLaysEachChannelInItsOwnHalf() {
        TestCaller caller = new TestCaller(false);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        file.swParams(file.currentSwParams().withStartThreshold(9000));
        TestCard.check(file.forward(7998));
        TestCard.check(file.start());
        card.pass(5000);
        fill(caller, LEFT, 1, 2, 3, 4);
        fill(caller, RIGHT, 11, 12, 13, 14);

        transfer(file, caller, DataModel.LP64, PcmIoctl.WRITEN_FRAMES, LEFT, RIGHT);

        MemorySegment ring = TestCard.ring(file);
        assertThat(sample(ring, 7998)).as("left, before the end").isEqualTo((byte) 1);
        assertThat(sample(ring, 0)).as("left, from the beginning on").isEqualTo((byte) 3);
        assertThat(sample(ring, 8000 + 7999)).as("right, before the end").isEqualTo((byte) 12);
        assertThat(sample(ring, 8000)).as("right, from the beginning on").isEqualTo((byte) 13);
    }

    @Test
    void aVectorThatIsNotThereIsAFaultAndLeavesAResultOfZero() {
        TestCaller caller = new TestCaller(false);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        XferN xfer = xfer(caller, DataModel.LP64, 16);

        long answer = file.ioctl(PcmIoctl.WRITEN_FRAMES.request(DataModel.LP64), XFER, caller);

        assertThat(answer).isEqualTo(EFAULT);
        assertThat(xfer.result()).isZero();
    }

    @Test
    void aBufferThatIsNotThereIsAFaultInTheResultToo() {
        TestCaller caller = new TestCaller(false);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);

        long answer = transfer(file, caller, DataModel.LP64, PcmIoctl.WRITEN_FRAMES, LEFT, 16);

        assertThat(answer).isEqualTo(EFAULT);
        assertThat(new XferN(caller.memory, DataModel.LP64).result()).isEqualTo(EFAULT);
        assertThat(file.status().applPtr()).isZero();
    }

    @Test
    void aStreamTakesTheTransferOfItsAccessOnly() {
        TestCaller caller = new TestCaller(false);
        PcmFile apart = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        assertThat(writei(apart, caller)).isEqualTo(EINVAL);
        apart.close();
        PcmFile mapped = prepared(PcmStream.PLAYBACK, PcmAccess.MMAP_NONINTERLEAVED);
        assertThat(writei(mapped, caller)).isEqualTo(EINVAL);
        assertThat(transfer(mapped, caller, DataModel.LP64, PcmIoctl.WRITEN_FRAMES, LEFT, RIGHT))
                .isEqualTo(EINVAL);
    }

    @ParameterizedTest
    @EnumSource(DataModel.class)
    void channelInfoSaysWhereAMappedChannelLies(DataModel model) {
        TestCaller caller = new TestCaller(model != DataModel.LP64);
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.MMAP_NONINTERLEAVED);
        PcmChannelInfo info = new PcmChannelInfo(caller.memory, model);
        info.clear();
        info.channel(1);

        long answer = file.ioctl(PcmIoctl.CHANNEL_INFO.request(model), XFER, caller);

        assertThat(answer).isZero();
        assertThat(info.offset()).isZero();
        assertThat(info.first()).as("bits: a block of 8000 samples").isEqualTo(8000 * 16);
        assertThat(info.step()).as("bits").isEqualTo(16);
    }

    @Test
    void silenceIsWrittenIntoEveryChannelsBlock() {
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.MMAP_NONINTERLEAVED);
        file.swParams(file.currentSwParams().withSilence(0, file.geometry().boundary()));
        TestCard.ring(file).fill((byte) 7);
        TestCard.check(file.forward(3000));
        TestCard.check(file.start());

        card.pass(1000);
        card.card.tick();

        MemorySegment ring = TestCard.ring(file);
        for (int block : new int[] {0, 8000}) {
            assertThat(sample(ring, block)).as("played").isZero();
            assertThat(sample(ring, block + 999)).as("played").isZero();
            assertThat(sample(ring, block + 1000)).as("queued").isEqualTo((byte) 7);
            assertThat(sample(ring, block + 3000)).as("never written").isZero();
        }
    }

    @Test
    void aJavaProgramHandsOverOneBufferForEachChannel() {
        PcmFile file = prepared(PcmStream.PLAYBACK, PcmAccess.RW_NONINTERLEAVED);
        UserFrames nines =
                (ring, ringOffset, userOffset, bytes) -> {
                    ring.asSlice(ringOffset, bytes).fill((byte) 9);
                    return 0;
                };

        assertThat(file.transferChannels(Arrays.asList(null, nines), 2)).isEqualTo(2);
        assertThat(file.transfer(nines, 2)).isEqualTo(EINVAL);
        card.pass(2);
        card.card.tick();

        assertThat(heard(file)).containsExactly(0, 9, 0, 9);
    }

    /** A device that cannot, as snd-dummy, is not asked for it. */
    @Test
    void withoutTheFlagTheAccessIsNotThere() {
        HwParamSpace space = TestCard.params(PcmAccess.RW_NONINTERLEAVED, 1000, 8000);
        try (PcmFile file = new TestCard(1).open(PcmStream.PLAYBACK)) {
            assertThat(file.hwParams(space)).isEqualTo(EINVAL);
        }
    }

    private PcmFile prepared(PcmStream stream, PcmAccess access) {
        PcmFile file = card.open(stream);
        TestCaller caller = new TestCaller(false);
        TestCard.params(access, 1000, 8000).write(new HwParams(caller.memory, DataModel.LP64));
        int hwParams = PcmIoctl.HW_PARAMS.request(DataModel.LP64);
        TestCard.check(file.ioctl(hwParams, TestCaller.BASE, caller));
        TestCard.check(file.prepare());
        return file;
    }

    private static void fill(TestCaller caller, long address, int... samples) {
        for (int i = 0; i < samples.length; i++) {
            long at = address - TestCaller.BASE + (long) i * SAMPLE_BYTES;
            caller.memory.set(ValueLayout.JAVA_SHORT, at, (short) (samples[i] * 0x101));
        }
    }

    private static byte[] bytes(TestCaller caller, long address) {
        return caller.memory
                .asSlice(address - TestCaller.BASE, FRAMES * SAMPLE_BYTES)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte sample(MemorySegment ring, long number) {
        return ring.get(ValueLayout.JAVA_BYTE, number * SAMPLE_BYTES);
    }

    /** What was played, one number for each sample. */
    private static int[] heard(PcmFile file) {
        byte[] bytes = TestCard.ops(file).heard();
        int[] samples = new int[bytes.length / SAMPLE_BYTES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes[i * SAMPLE_BYTES];
        }
        return samples;
    }

    private static XferN xfer(TestCaller caller, DataModel model, long vector) {
        XferN xfer = new XferN(caller.memory, model);
        xfer.result(-7777);
        xfer.bufs(vector);
        xfer.frames(FRAMES);
        return xfer;
    }

    private static long transfer(
            PcmFile file,
            TestCaller caller,
            DataModel model,
            PcmIoctl ioctl,
            long left,
            long right) {
        xfer(caller, model, VECTOR);
        long at = VECTOR - TestCaller.BASE;
        if (model == DataModel.LP64) {
            caller.memory.set(ValueLayout.JAVA_LONG, at, left);
            caller.memory.set(ValueLayout.JAVA_LONG, at + 8, right);
        } else {
            caller.memory.set(ValueLayout.JAVA_INT, at, (int) left);
            caller.memory.set(ValueLayout.JAVA_INT, at + 4, (int) right);
        }
        return file.ioctl(ioctl.request(model), XFER, caller);
    }

    private static long writei(PcmFile file, TestCaller caller) {
        XferI xfer = new XferI(caller.memory, DataModel.LP64);
        xfer.buf(LEFT);
        xfer.frames(FRAMES);
        return file.ioctl(PcmIoctl.WRITEI_FRAMES.request(DataModel.LP64), XFER, caller);
    }
}
