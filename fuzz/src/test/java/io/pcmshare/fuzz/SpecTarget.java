package io.pcmshare.fuzz;

import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.CardSpecException;

import java.nio.charset.StandardCharsets;

/** What users write after {@code --card}. */
final class SpecTarget {
    private SpecTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            CardSpec.parse(text);
        } catch (CardSpecException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new IllegalStateException("a refusal that says nothing", e);
            }
        }
    }
}
