package io.pcmshare.cli.server;

import io.pcmshare.server.control.GrantState;
import io.pcmshare.server.control.RuleState;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StateJson;

import java.util.Map;
import java.util.TreeMap;

/** What a server has given, and the rules that were given to it. */
public final class GrantsText {
    private GrantsText() {}

    /** For people. */
    public static String text(ServerState state) {
        TextTable grants =
                new TextTable("GRANT", "STREAM", "PROGRAM", "DEVICE", "LEFT", "PERMISSIONS");
        for (GrantState grant : state.grants()) {
            grants.row(
                    grant.number(),
                    grant.stream(),
                    Cells.program(grant.program(), grant.pid()),
                    grant.device(),
                    left(grant),
                    String.join(",", grant.permissions()));
        }
        TextTable rules = new TextTable("RULE", "LEFT", "TEXT");
        for (RuleState rule : state.rules()) {
            rules.row(rule.number(), Cells.left(rule.leftNanos()), rule.text());
        }
        String first = grants.isEmpty() ? "Nobody holds a grant.\n" : grants.text();
        return rules.isEmpty() ? first : first + "\n" + rules.text();
    }

    private static String left(GrantState grant) {
        String time = Cells.left(grant.leftNanos());
        if (grant.leftFrames() < 0) {
            return time;
        }
        String frames = grant.leftFrames() + " frames";
        return grant.leftNanos() < 0 ? frames : time + ", " + frames;
    }

    /** For programs: an object with {@code grants} and {@code rules}. */
    public static String json(ServerState state) {
        return StateJson.text(
                        new TreeMap<>(Map.of("grants", state.grants(), "rules", state.rules())))
                + "\n";
    }
}
