package io.pcmshare.mix;

import static io.pcmshare.abi.ChannelPosition.FC;
import static io.pcmshare.abi.ChannelPosition.FL;
import static io.pcmshare.abi.ChannelPosition.FR;
import static io.pcmshare.abi.ChannelPosition.LFE;
import static io.pcmshare.abi.ChannelPosition.MONO;
import static io.pcmshare.abi.ChannelPosition.RC;
import static io.pcmshare.abi.ChannelPosition.RL;
import static io.pcmshare.abi.ChannelPosition.RR;
import static io.pcmshare.abi.ChannelPosition.SL;
import static io.pcmshare.abi.ChannelPosition.SR;
import static io.pcmshare.abi.ChannelPosition.TFC;
import static io.pcmshare.abi.ChannelPosition.TFL;
import static io.pcmshare.abi.ChannelPosition.TFR;

import io.pcmshare.abi.ChannelPosition;

import java.util.List;
import java.util.Set;

/**
 * Which loudspeakers a channel is heard from that has none of its own. Source: ITU-R BS.775-4,
 * table 2 (front centre and surround to left and right at -3 dB; low-frequency effects dropped);
 * what that does not name goes to what stands nearest.
 */
final class DownmixRules {
    /** -3 dB: half of the power. */
    static final double HALF_POWER = Math.sqrt(0.5);

    /** Loudspeakers that stand in for one together, each at a gain. */
    record Substitute(double gain, List<ChannelPosition> positions) {}

    private DownmixRules() {}

    /** The first of a channel's substitutes that is there; of none, no loudspeaker at all. */
    static Substitute of(ChannelPosition missing, Set<ChannelPosition> present) {
        for (Substitute substitute : substitutes(missing)) {
            if (present.containsAll(substitute.positions)) {
                return substitute;
            }
        }
        return new Substitute(0, List.of());
    }

    private static List<Substitute> substitutes(ChannelPosition missing) {
        return switch (missing) {
            case UNKNOWN, NA, LFE -> List.of();
            case LLFE, RLFE -> List.of(at(1, LFE));
            case MONO -> List.of(at(1, FC), at(1, FL, FR));
            case FC -> List.of(at(1, MONO), at(HALF_POWER, FL, FR));
            case FL, FR -> List.of(at(1, MONO), at(HALF_POWER, FC));
            case SL -> side(RL, FL);
            case SR -> side(RR, FR);
            case RL -> side(SL, FL);
            case RR -> side(SR, FR);
            case RLC, TRL -> side(RL, SL, FL);
            case RRC, TRR -> side(RR, SR, FR);
            case TSL -> side(SL, RL, FL);
            case TSR -> side(SR, RR, FR);
            case RC, TRC ->
                    List.of(
                            at(1, RC),
                            at(HALF_POWER, RL, RR),
                            at(HALF_POWER, SL, SR),
                            at(0.5, FL, FR),
                            at(HALF_POWER, MONO),
                            at(HALF_POWER, FC));
            case FLC, FLW, BLC -> front(FL);
            case FRC, FRW, BRC -> front(FR);
            case FLH, TFL, TFLC -> high(TFL, FL);
            case FRH, TFR, TFRC -> high(TFR, FR);
            case FCH, TFC, TC, BC -> List.of(at(1, TFC), at(1, FC), at(0.5, FL, FR), at(1, MONO));
        };
    }

    private static Substitute at(double gain, ChannelPosition... positions) {
        return new Substitute(gain, List.of(positions));
    }

    private static List<Substitute> front(ChannelPosition own) {
        return List.of(at(1, own), at(1, MONO), at(HALF_POWER, FC));
    }

    private static List<Substitute> high(ChannelPosition above, ChannelPosition own) {
        return List.of(at(1, above), at(HALF_POWER, own), at(HALF_POWER, MONO), at(HALF_POWER, FC));
    }

    /** Another of the surround as it is, the front at -3 dB. */
    private static List<Substitute> side(ChannelPosition other, ChannelPosition front) {
        return List.of(
                at(1, other), at(HALF_POWER, front), at(HALF_POWER, MONO), at(HALF_POWER, FC));
    }

    private static List<Substitute> side(
            ChannelPosition first, ChannelPosition second, ChannelPosition front) {
        return List.of(
                at(1, first),
                at(1, second),
                at(HALF_POWER, front),
                at(HALF_POWER, MONO),
                at(HALF_POWER, FC));
    }
}
