package io.pcmshare.server.config;

import io.pcmshare.server.policy.Rule;
import io.pcmshare.server.policy.RuleAction;

import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

import java.util.List;

/**
 * A rule that is given while a server runs: as an inline table, {@code {exe = "/usr/bin/x"}}, or as
 * the lines that would stand below {@code [[rule]]}. Without an action it allows.
 */
public final class RuleText {
    private static final int MAX_LENGTH = 8192;

    /** Who nests deeper wants to see the parser fall. */
    private static final int MAX_BRACKETS = 64;

    private static final String FILE = "rule";
    private static final String KEY = "rule";
    private static final String BEFORE = KEY + " = ";

    private RuleText() {}

    /**
     * Understands a rule.
     *
     * @throws ConfigException with everything that is wrong
     */
    public static Rule parse(String text) throws ConfigException {
        return parse(text, Users.ofMachine());
    }

    static Rule parse(String text, Users users) throws ConfigException {
        long brackets = text.chars().filter(c -> c == '[' || c == '{').count();
        if (text.length() > MAX_LENGTH || brackets > MAX_BRACKETS) {
            throw refuse("no rule is that long.");
        }
        boolean inline = text.stripLeading().startsWith("{");
        String lines = inline ? BEFORE + text : text;
        TomlParseResult parsed = Toml.parse(lines, TomlVersion.V1_0_0);
        Problems problems = new Problems(FILE, inline ? BEFORE.length() : 0);
        problems.unreadable(parsed.errors());
        problems.check();
        TomlTable table = parsed;
        if (inline) {
            if (!(parsed.get(List.of(KEY)) instanceof TomlTable inner) || parsed.size() != 1) {
                throw refuse("one rule at a time.");
            }
            table = inner;
        }
        if (table.isEmpty()) {
            throw refuse("a rule says something, {exe = \"/usr/bin/player\"}.");
        }
        Section section = new Section(table, null, problems);
        Rule rule = new RuleReader(section, users, problems).read(RuleAction.ALLOW);
        problems.check();
        return rule;
    }

    private static ConfigException refuse(String sentence) {
        return new ConfigException(List.of(new ConfigProblem(FILE, 0, 0, sentence)));
    }
}
