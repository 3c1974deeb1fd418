package io.pcmshare.checks.run;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.CardSpecException;
import io.pcmshare.cards.RealClock;
import io.pcmshare.cards.SoundCard;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.share.owner.MemfdRegions;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program of its own that plays a file of raw S16_LE stereo samples, or records one, on the last
 * of the cards that it is told: {@code play|record FILE RATE FRAMES CARD...}. Says how it ended; on
 * a machine that is too slow for it, it begins anew, {@code -Dattempts} times.
 */
final class HwPlayer {
    private static final int CHANNELS = 2;
    private static final int FRAME_BYTES = CHANNELS * Short.BYTES;
    private static final long LOOK_NANOS = 1_000_000L;

    private final List<SoundCard> cards;
    private final PcmFile file;
    private final byte[] samples;
    private int done;
    private PcmState end = PcmState.OPEN;

    private HwPlayer(List<SoundCard> cards, PcmFile file, byte[] samples) {
        this.cards = cards;
        this.file = file;
        this.samples = samples;
    }

    /** Plays or records. */
    @SuppressWarnings("SystemOut") // that is how its parent hears of it
    public static void main(String[] arguments) throws Exception {
        boolean capture = arguments[0].equals("record");
        Path path = Path.of(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        byte[] samples =
                capture
                        ? new byte[Integer.parseInt(arguments[3]) * FRAME_BYTES]
                        : Files.readAllBytes(path);
        List<String> specs = List.of(arguments).subList(4, arguments.length);
        try (SoundSystem system = system(specs)) {
            PcmDevice device = system.cards().getLast().card().devices().getFirst();
            PcmStream stream = capture ? PcmStream.CAPTURE : PcmStream.PLAYBACK;
            int attempts = Integer.getInteger("attempts", 1);
            PcmState end = PcmState.OPEN;
            for (int i = 0; i < attempts && end != PcmState.SETUP; i++) {
                try (PcmFile file = device.open(stream, OpenFlags.RDWR_NONBLOCK, -1)) {
                    configure(file, rate);
                    HwPlayer player = new HwPlayer(system.cards(), file, samples);
                    player.run(capture);
                    end = player.end;
                    System.out.println(end);
                }
            }
        } catch (CardSpecException e) {
            System.out.println(e.getMessage());
        }
        if (capture) {
            Files.write(path, samples);
        }
    }

    private static void configure(PcmFile file, int rate) {
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, CHANNELS);
        space.set(HwParam.RATE, rate);
        space.set(HwParam.PERIOD_SIZE, 1000);
        space.set(HwParam.BUFFER_SIZE, 8000);
        check(file.hwParams(space));
        check(file.prepare());
    }

    private static SoundSystem system(List<String> specs) throws IOException {
        return SoundSystem.create(CardSpec.parseAll(specs), new RealClock(), new MemfdRegions());
    }

    private void run(boolean capture) {
        if (capture) {
            check(file.start());
        }
        while (end == PcmState.OPEN) {
            for (SoundCard card : cards) {
                card.card().tick();
            }
            step(capture);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void step(boolean capture) {
        PcmState state = file.state();
        if (state == PcmState.XRUN || state == PcmState.DISCONNECTED) {
            end = state;
        } else if (done < samples.length) {
            long frames = file.transfer(this::copy, (samples.length - done) / FRAME_BYTES);
            done += (int) Math.max(0, frames) * FRAME_BYTES;
        } else if (capture || state == PcmState.SETUP) {
            end = PcmState.SETUP;
        } else if (state == PcmState.RUNNING || state == PcmState.PREPARED) {
            check(file.drainStart());
        }
    }

    private int copy(MemorySegment ring, long ringOffset, long userOffset, long bytes) {
        MemorySegment user = MemorySegment.ofArray(samples);
        boolean reads = file.substream().isCapture();
        MemorySegment.copy(
                reads ? ring : user,
                ValueLayout.JAVA_BYTE,
                reads ? ringOffset : done + userOffset,
                reads ? user : ring,
                ValueLayout.JAVA_BYTE,
                reads ? done + userOffset : ringOffset,
                bytes);
        return 0;
    }

    private static void check(long answer) {
        if (answer < 0) {
            throw new IllegalStateException("answer=" + answer);
        }
    }
}
