package io.pcmshare.fuzz;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.share.wire.Message;
import io.pcmshare.share.wire.WireCodec;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Inputs that go well, from which others are made: what is behind a magic number is not guessed.
 */
final class SeedInputs {
    /** {@code struct snd_pcm_hw_params} of a 64-bit program. */
    private static final int HW_PARAMS_BYTES = 608;

    private static final int MASKS_AT = 4;
    private static final int INTERVALS_AT = 260;
    private static final int INTERVALS = 12;
    private static final int RMASK_AT = 512;

    private SeedInputs() {}

    static List<byte[]> of(Class<?> target) {
        if (target == WireTarget.class) {
            return List.of(
                    bytes(new Message.Hello(true)),
                    bytes(new Message.Offer(0, 2, 2, 48_000, 512, 4096, 1L << 40, 7)),
                    bytes(new Message.Open(0, 0, 2, 2, 48_000, -1, 480, 4800, 0x0403, 0)),
                    bytes(new Message.Volume(false, -6)),
                    bytes(new Message.Call(0x45, 1)),
                    bytes(new Message.Ready(4096)),
                    bytes(new Message.Refused(16)));
        }
        if (target == WavTarget.class) {
            return List.of(wav());
        }
        if (target == SpecTarget.class) {
            return List.of(
                    "wav:out=a.wav".getBytes(StandardCharsets.UTF_8),
                    "mixer:of=0,format=S32_LE".getBytes(StandardCharsets.UTF_8));
        }
        if (target == RuleTarget.class) {
            return List.of(
                    "action = \"allow\"\nclass = \"play\"\nfor = \"10m\""
                            .getBytes(StandardCharsets.UTF_8),
                    "{ action = \"deny\", exe = \"/usr/*\", device = \"0,*\" }"
                            .getBytes(StandardCharsets.UTF_8));
        }
        return target == PcmTarget.class ? List.of(playing()) : List.of();
    }

    private static byte[] bytes(Message message) {
        byte[] bytes = new byte[WireCodec.MESSAGE_BYTES];
        WireCodec.encode(message, MemorySegment.ofArray(bytes));
        return bytes;
    }

    private static byte[] wav() {
        ByteBuffer file = ByteBuffer.allocate(52).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(44).put(text("WAVE")).put(text("fmt ")).putInt(16);
        file.putShort((short) 1).putShort((short) 2).putInt(48_000).putInt(192_000);
        file.putShort((short) 4).putShort((short) 16).put(text("data")).putInt(8);
        return file.array();
    }

    private static byte[] text(String four) {
        return four.getBytes(StandardCharsets.US_ASCII);
    }

    /** A 64-bit program that takes the parameters that it is given, and plays. */
    private static byte[] playing() {
        ByteBuffer calls = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        calls.put((byte) 0).put((byte) 0);
        call(calls, PcmIoctl.HW_PARAMS, anyParameters());
        call(calls, PcmIoctl.PREPARE, new byte[0]);
        byte[] transfer =
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0)
                        .putLong(Calls.BASE + 1024)
                        .putLong(64)
                        .array();
        call(calls, PcmIoctl.WRITEI_FRAMES, transfer);
        call(calls, PcmIoctl.START, new byte[0]);
        call(calls, PcmIoctl.STATUS, new byte[0]);
        call(calls, PcmIoctl.DROP, new byte[0]);
        return Arrays.copyOf(calls.array(), calls.position());
    }

    private static void call(ByteBuffer calls, PcmIoctl ioctl, byte[] argument) {
        int index = Arrays.asList(PcmIoctl.values()).indexOf(ioctl);
        calls.put((byte) index).put((byte) 1).put((byte) (argument.length / Integer.BYTES));
        calls.put(argument).put((byte) 1);
    }

    private static byte[] anyParameters() {
        ByteBuffer params = ByteBuffer.allocate(HW_PARAMS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = MASKS_AT; at < MASKS_AT + 3 * 32; at++) {
            params.put(at, (byte) 0xFF);
        }
        for (int i = 0; i < INTERVALS; i++) {
            params.putInt(INTERVALS_AT + 12 * i + 4, -1);
        }
        params.putInt(RMASK_AT, -1);
        return params.array();
    }
}
