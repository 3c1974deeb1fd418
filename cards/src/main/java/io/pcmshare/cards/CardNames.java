package io.pcmshare.cards;

import io.pcmshare.core.ctl.CardDescription;
import io.pcmshare.core.ctl.DummyControls;
import io.pcmshare.core.ctl.LoopbackControls;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the cards of a machine are called: as the kernel's drivers do, and each by an id of its own.
 * Kernel: sound/core/init.c, snd_card_set_id(): a second {@code Dummy} is {@code Dummy_1}.
 */
final class CardNames {
    private static final int ID_LENGTH = 15;
    private static final CardDescription WAV =
            new CardDescription("WAV", "WAV", "WAV file", "WAV file 1", "WAV Mixer", "");

    private static final CardDescription MIXER =
            new CardDescription("Mixer", "Mixer", "Mixer", "Mixer 1", "Mixer Mixer", "");
    private static final CardDescription HW =
            new CardDescription("Hardware", "HW", "Hardware", "Hardware 1", "Hardware Mixer", "");

    private final Set<String> ids = new HashSet<>();
    private final Map<CardKind, Integer> counts = new EnumMap<>(CardKind.class);

    /** Takes the ids that users chose, so that no other card gets one of them. */
    CardNames(List<CardSpec> specs) {
        for (CardSpec spec : specs) {
            String id = spec.id();
            if (id != null && !ids.add(id)) {
                throw new CardSpecException("Two cards have id=" + id + ".");
            }
        }
    }

    /** The description of the next card. */
    CardDescription next(CardSpec spec) {
        CardDescription driver = of(spec);
        int ofItsKind = counts.merge(spec.kind(), 1, Integer::sum);
        String name = Objects.requireNonNullElse(spec.name(), driver.name());
        String id = spec.id();
        return new CardDescription(
                id != null ? id : free(driver.id()),
                driver.driver(),
                name,
                name + " " + ofItsKind,
                driver.mixerName(),
                driver.components());
    }

    private static CardDescription of(CardSpec spec) {
        if (spec.target() instanceof CardTarget.Machine machine) {
            return Objects.requireNonNullElse(HwCard.describe(machine), HW);
        }
        return switch (spec.kind()) {
            case NULL -> DummyControls.description();
            case LOOPBACK -> LoopbackControls.description();
            case WAV -> WAV;
            case MIXER -> MIXER;
            case HW -> HW;
        };
    }

    private String free(String id) {
        String free = id;
        for (int i = 1; !ids.add(free); i++) {
            String tail = "_" + Integer.toHexString(i).toUpperCase(java.util.Locale.ROOT);
            free = id.substring(0, Math.min(id.length(), ID_LENGTH - tail.length())) + tail;
        }
        return free;
    }
}
