package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;

/** Where a channel's loudspeaker stands. Kernel: sound/asound.h, {@code SNDRV_CHMAP_*}. */
public enum ChannelPosition {
    /** Not said. */
    UNKNOWN(0),
    /** None: silent. */
    NA(1),
    /** The only one. */
    MONO(2),
    /** Front left. */
    FL(3),
    /** Front right. */
    FR(4),
    /** Rear left. */
    RL(5),
    /** Rear right. */
    RR(6),
    /** Front center. */
    FC(7),
    /** Low-frequency effects. */
    LFE(8),
    /** Side left. */
    SL(9),
    /** Side right. */
    SR(10),
    /** Rear center. */
    RC(11),
    /** Front left center. */
    FLC(12),
    /** Front right center. */
    FRC(13),
    /** Rear left center. */
    RLC(14),
    /** Rear right center. */
    RRC(15),
    /** Front left wide. */
    FLW(16),
    /** Front right wide. */
    FRW(17),
    /** Front left high. */
    FLH(18),
    /** Front center high. */
    FCH(19),
    /** Front right high. */
    FRH(20),
    /** Top center. */
    TC(21),
    /** Top front left. */
    TFL(22),
    /** Top front right. */
    TFR(23),
    /** Top front center. */
    TFC(24),
    /** Top rear left. */
    TRL(25),
    /** Top rear right. */
    TRR(26),
    /** Top rear center. */
    TRC(27),
    /** Top front left center. */
    TFLC(28),
    /** Top front right center. */
    TFRC(29),
    /** Top side left. */
    TSL(30),
    /** Top side right. */
    TSR(31),
    /** Left low-frequency effects. */
    LLFE(32),
    /** Right low-frequency effects. */
    RLFE(33),
    /** Bottom center. */
    BC(34),
    /** Bottom left center. */
    BLC(35),
    /** Bottom right center. */
    BRC(36);

    private final int code;

    ChannelPosition(int code) {
        this.code = code;
    }

    /** The kernel's number. */
    public int code() {
        return code;
    }

    /** The constant of the kernel's number; {@code null} where there is none. */
    public static @Nullable ChannelPosition of(int code) {
        for (ChannelPosition value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return null;
    }

    /**
     * What so many channels are where nothing else is said. Kernel: include/sound/pcm.h, {@code
     * snd_pcm_std_chmaps}: 1, 2, 4, 6 and 8 channels.
     *
     * @param channels at least 1; of a number that the kernel has no map for, all are {@link
     *     #UNKNOWN}
     */
    public static List<ChannelPosition> standard(int channels) {
        return switch (channels) {
            case 1 -> List.of(MONO);
            case 2 -> List.of(FL, FR);
            case 4 -> List.of(FL, FR, RL, RR);
            case 6 -> List.of(FL, FR, RL, RR, FC, LFE);
            case 8 -> List.of(FL, FR, RL, RR, FC, LFE, SL, SR);
            default -> Collections.nCopies(channels, UNKNOWN);
        };
    }
}
