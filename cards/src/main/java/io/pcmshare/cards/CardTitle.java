package io.pcmshare.cards;

import org.jspecify.annotations.Nullable;

/**
 * What a card shall be called.
 *
 * @param id its short text; {@code null} for that of the kind
 * @param name its text for people; {@code null} for that of the kind
 */
public record CardTitle(@Nullable String id, @Nullable String name) {}
