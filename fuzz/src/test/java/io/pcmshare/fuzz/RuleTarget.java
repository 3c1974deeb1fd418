package io.pcmshare.fuzz;

import io.pcmshare.server.config.ConfigException;
import io.pcmshare.server.config.RuleText;

import java.nio.charset.StandardCharsets;

/** What people write after {@code grant}, and programs send to the control socket: TOML. */
final class RuleTarget {
    private RuleTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            RuleText.parse(text);
        } catch (ConfigException e) {
            if (e.getMessage().isBlank()) {
                throw new IllegalStateException("a refusal that says nothing", e);
            }
        }
    }
}
