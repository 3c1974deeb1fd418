package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfoFlag;
import io.pcmshare.core.params.PcmHardware;
import io.pcmshare.mix.Samples;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What the cards can do, as data. Adding a model is adding a constant. */
public final class CardModels {
    private static final int MMAP_INTERLEAVED =
            PcmInfoFlag.MMAP | PcmInfoFlag.MMAP_VALID | PcmInfoFlag.INTERLEAVED;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** The kernel's snd-aloop. Recorded from Linux 6.1. */
    public static final PcmHardware ALOOP =
            new PcmHardware(
                    MMAP_INTERLEAVED | PcmInfoFlag.PAUSE | PcmInfoFlag.RESUME,
                    mask(
                            List.of(
                                    PcmFormat.S16_LE,
                                    PcmFormat.S16_BE,
                                    PcmFormat.S24_LE,
                                    PcmFormat.S24_BE,
                                    PcmFormat.S32_LE,
                                    PcmFormat.S32_BE,
                                    PcmFormat.FLOAT_LE,
                                    PcmFormat.FLOAT_BE,
                                    PcmFormat.S24_3LE,
                                    PcmFormat.S24_3BE)),
                    List.of(),
                    8000,
                    192000,
                    1,
                    32,
                    2 * MIB,
                    64,
                    MIB,
                    1,
                    1024,
                    0);

    /** A WAV file: every format that one can hold, or that can be made one without loss. */
    public static final PcmHardware WAV =
            new PcmHardware(
                    MMAP_INTERLEAVED
                            | PcmInfoFlag.PAUSE
                            | PcmInfoFlag.RESUME
                            | PcmInfoFlag.NO_PERIOD_WAKEUP,
                    mask(Arrays.stream(PcmFormat.values()).filter(Samples::areNumbers).toList()),
                    List.of(),
                    1000,
                    768_000,
                    1,
                    32,
                    64 * MIB,
                    1,
                    16 * MIB,
                    2,
                    4096,
                    0);

    /** Before the machine was asked: everything that ALSA knows. */
    private static final PcmHardware ANY =
            new PcmHardware(
                    MMAP_INTERLEAVED | PcmInfoFlag.PAUSE | PcmInfoFlag.NO_PERIOD_WAKEUP,
                    mask(List.of(PcmFormat.values())),
                    List.of(),
                    1,
                    768_000,
                    1,
                    1024,
                    64 * MIB,
                    1,
                    64 * MIB,
                    1,
                    1_000_000,
                    0);

    private CardModels() {}

    /** What a card of a kind can do, where nobody says more. */
    static CardModel of(CardKind kind) {
        return switch (kind) {
            case NULL -> DummyModels.DEFAULT;
            case WAV -> CardModel.of("wav", WAV);
            case LOOPBACK -> new CardModel("aloop", ALOOP, List.of(HwParam.PERIODS), List.of());
            case MIXER -> CardModel.of("mixer", WAV);
            case HW -> CardModel.of("hw", ANY);
        };
    }

    private static long mask(Collection<PcmFormat> formats) {
        return formats.stream().mapToLong(PcmFormat::maskBit).reduce(0, (a, b) -> a | b);
    }
}
