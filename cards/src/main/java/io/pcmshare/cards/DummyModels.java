package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.core.params.Interval;
import io.pcmshare.core.params.PcmHardware;

import java.util.List;
import java.util.Optional;

/**
 * The cards that the kernel's snd-dummy imitates, {@code model=NAME}. Recorded from Linux 6.1.
 * Kernel: sound/drivers/dummy.c.
 */
public final class DummyModels {
    private static final int INFO =
            PcmInfoFlag.MMAP
                    | PcmInfoFlag.MMAP_VALID
                    | PcmInfoFlag.INTERLEAVED
                    | PcmInfoFlag.RESUME;
    private static final int KIB = 1024;
    private static final long U8_AND_S16 = PcmFormat.U8.maskBit() | PcmFormat.S16_LE.maskBit();
    private static final List<Integer> ANY_RATE = List.of();

    /** Without {@code model=}. */
    public static final CardModel DEFAULT =
            CardModel.of(
                    "default",
                    new PcmHardware(
                            INFO,
                            U8_AND_S16,
                            ANY_RATE,
                            5500,
                            48000,
                            1,
                            2,
                            64 * KIB,
                            64,
                            64 * KIB,
                            1,
                            1024,
                            0));

    /** Creative's EMU10K1. */
    public static final CardModel EMU10K1 =
            new CardModel(
                    "emu10k1",
                    new PcmHardware(
                            INFO,
                            U8_AND_S16,
                            ANY_RATE,
                            5500,
                            48000,
                            1,
                            2,
                            128 * KIB,
                            64,
                            64 * KIB,
                            1,
                            1024,
                            0),
                    List.of(HwParam.PERIODS),
                    List.of(new CardModel.Bound(HwParam.BUFFER_BYTES, 256, Interval.UINT_MAX)));

    /** RME's Digi9652: 26 channels of 32 bits, two periods. */
    public static final CardModel RME9652 =
            CardModel.of(
                    "rme9652",
                    new PcmHardware(
                            INFO,
                            PcmFormat.S32_LE.maskBit(),
                            ANY_RATE,
                            5500,
                            48000,
                            26,
                            26,
                            26 * 64 * KIB,
                            64,
                            64 * KIB,
                            2,
                            2,
                            0));

    /** IC Ensemble's ICE1712: 10 channels of 32 bits. */
    public static final CardModel ICE1712 =
            CardModel.of(
                    "ice1712",
                    new PcmHardware(
                            INFO,
                            PcmFormat.S32_LE.maskBit(),
                            ANY_RATE,
                            5500,
                            48000,
                            10,
                            10,
                            256 * KIB,
                            64,
                            64 * KIB,
                            1,
                            1024,
                            0));

    /** Philips' UDA1341: stereo only, a buffer just below 16 KiB. */
    public static final CardModel UDA1341 =
            new CardModel(
                    "uda1341",
                    new PcmHardware(
                            INFO,
                            PcmFormat.S16_LE.maskBit(),
                            ANY_RATE,
                            5500,
                            48000,
                            2,
                            2,
                            16380,
                            64,
                            64 * KIB,
                            2,
                            255,
                            0),
                    List.of(HwParam.PERIODS),
                    List.of());

    /** An AC'97 codec: 48 kHz stereo and nothing else. */
    public static final CardModel AC97 =
            CardModel.of(
                    "ac97",
                    new PcmHardware(
                            INFO,
                            PcmFormat.S16_LE.maskBit(),
                            List.of(48000),
                            48000,
                            48000,
                            2,
                            2,
                            64 * KIB,
                            64,
                            64 * KIB,
                            1,
                            1024,
                            0));

    /** Creative's CA0106: three rates. */
    public static final CardModel CA0106 =
            CardModel.of(
                    "ca0106",
                    new PcmHardware(
                            INFO,
                            PcmFormat.S16_LE.maskBit(),
                            List.of(48000, 96000, 192000),
                            48000,
                            192000,
                            2,
                            2,
                            (64 * KIB - 64) * 8,
                            64,
                            64 * KIB - 64,
                            2,
                            8,
                            0));

    /** All of them. */
    public static final List<CardModel> ALL =
            List.of(DEFAULT, EMU10K1, RME9652, ICE1712, UDA1341, AC97, CA0106);

    private DummyModels() {}

    /** The model of a name. */
    public static Optional<CardModel> named(String name) {
        return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
    }
}
