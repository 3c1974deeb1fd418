package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlCardInfo;

/**
 * What a card calls itself. Kernel: uapi/sound/asound.h, {@code struct snd_ctl_card_info}.
 *
 * @param id short text, at most 15 bytes
 * @param driver name of the driver, at most 15 bytes
 * @param name text for people, at most 31 bytes
 * @param longName longer text for people, at most 79 bytes
 * @param mixerName name of the mixer, at most 79 bytes
 * @param components names of parts, a space between two, at most 127 bytes
 */
public record CardDescription(
        String id,
        String driver,
        String name,
        String longName,
        String mixerName,
        String components) {
    void store(CtlCardInfo view, int number) {
        view.clear();
        view.card(number);
        view.id(id);
        view.driver(driver);
        view.name(name);
        view.longname(longName);
        view.mixername(mixerName);
        view.components(components);
    }
}
