package io.pcmshare.cards;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.RingView;

import java.lang.foreign.MemorySegment;

/** A device of the machine that is one of our own cards: it answers as the kernel does. */
final class FakeNode implements PcmNode {
    private final PcmFile file;
    private final boolean capture;
    private PcmState state = PcmState.OPEN;
    private long hwPtr;

    FakeNode(PcmDevice device, PcmStream stream) {
        this.file = Streams.open(device, stream, PcmDevice.ANY_SUBDEVICE);
        this.capture = stream == PcmStream.CAPTURE;
    }

    @Override
    public Label label() {
        return new Label("fake", "A device", 1);
    }

    @Override
    public int hwRefine(HwParamSpace space) {
        return file.hwRefine(space);
    }

    @Override
    public int hwParams(HwParamSpace space) {
        return file.hwParams(space);
    }

    @Override
    public int swParams(long startThreshold, long bufferSize) {
        return file.swParams(
                file.currentSwParams()
                        .withStartThreshold(startThreshold)
                        .withStopThreshold(bufferSize)
                        .withAvailMin(bufferSize));
    }

    @Override
    public int prepare() {
        return file.prepare();
    }

    @Override
    public int start() {
        return file.start();
    }

    @Override
    public int drop() {
        return file.drop();
    }

    /** Nobody moves a test's time meanwhile: it does not wait. */
    @Override
    public int drain(boolean wait) {
        int answer = file.drainStart();
        return answer < 0 ? answer : Errno.EAGAIN.negated();
    }

    @Override
    public int sync() {
        // its answer says less than the state
        var _ = file.hwsync();
        state = file.state();
        if (state == PcmState.DISCONNECTED) {
            return Errno.ENODEV.negated();
        }
        hwPtr = file.hwPtr();
        return 0;
    }

    @Override
    public PcmState state() {
        return state;
    }

    @Override
    public long hwPtr() {
        return hwPtr;
    }

    @Override
    public long transfer(RingView ring, long offsetFrames, long frames) {
        long at = ring.params().bytes(offsetFrames);
        return file.transfer(
                (own, ownOffset, userOffset, bytes) -> {
                    MemorySegment from = capture ? own : ring.memory();
                    MemorySegment to = capture ? ring.memory() : own;
                    long user = at + userOffset;
                    MemorySegment.copy(
                            from,
                            capture ? ownOffset : user,
                            to,
                            capture ? user : ownOffset,
                            bytes);
                    return 0;
                },
                frames);
    }

    @Override
    public void close() {
        file.close();
    }
}
