package io.pcmshare.fuzz;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.NullCard;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.CallScratch;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmCaller;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Ioctls of a playback or a capture descriptor, of programs of every data model. */
final class PcmTarget {
    private PcmTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) throws PcmOpenException {
        Calls calls = new Calls(data);
        DataModel model = calls.model();
        PcmStream direction = calls.choice(2) == 0 ? PcmStream.PLAYBACK : PcmStream.CAPTURE;
        ManualClock clock = new ManualClock();
        Card card = NullCard.create(0, clock, new HeapRegions());
        PcmDevice device = card.devices().getFirst();
        int any = PcmDevice.ANY_SUBDEVICE;
        try (PcmFile file = device.open(direction, OpenFlags.RDWR_NONBLOCK, any);
                PcmFile other = device.open(direction, OpenFlags.RDWR_NONBLOCK, any)) {
            Program program = new Program(calls, model, other);
            while (calls.hasNext()) {
                int request = calls.request(PcmIoctl.values(), i -> i.request(model));
                long answer = file.ioctl(request, calls.argument(), program);
                if (answer != BlockingCall.PENDING) {
                    Calls.check(answer, request);
                }
                clock.advance(calls.pause());
                card.tick();
            }
        }
    }

    /** Has one other stream, whatever number it says. */
    private static final class Program implements PcmCaller {
        private final Calls calls;
        private final DataModel model;
        private final PcmFile other;
        private final CallScratch scratch = new CallScratch(Arena.ofAuto());

        Program(Calls calls, DataModel model, PcmFile other) {
            this.calls = calls;
            this.model = model;
            this.other = other;
        }

        @Override
        public boolean is32Bit() {
            return model != DataModel.LP64;
        }

        @Override
        public CallScratch scratch() {
            return scratch;
        }

        @Override
        public @Nullable PcmFile file(int descriptor) {
            return descriptor < 0 ? null : other;
        }

        @Override
        public long anonymousDup(PcmFile file, int mode, boolean january) {
            return 7;
        }

        @Override
        public void withdraw(long descriptor) {
            if (descriptor != 7) {
                throw new IllegalStateException("descriptor=" + descriptor);
            }
        }

        @Override
        public long shareBuffer(PcmFile file, PcmIoctl request, int descriptor) {
            return Errno.ENOTTY.negated();
        }

        @Override
        public void parked(BlockingCall call) {
            // it waits for as long as it is asked
        }

        @Override
        public void ready(BlockingCall call) {
            // nobody asks for its answer
        }

        @Override
        public int read(long address, MemorySegment into, long offset, long bytes) {
            return calls.user().read(address, into, offset, bytes);
        }

        @Override
        public int write(long address, MemorySegment from, long offset, long bytes) {
            return calls.user().write(address, from, offset, bytes);
        }
    }
}
