package io.pcmshare.server.config;

import io.pcmshare.server.policy.AskHook;
import io.pcmshare.server.policy.Glob;
import io.pcmshare.server.policy.Quota;
import io.pcmshare.server.policy.Rule;
import io.pcmshare.server.policy.RuleAction;
import io.pcmshare.server.policy.RuleLimits;
import io.pcmshare.server.policy.RuleTerms;
import io.pcmshare.server.policy.SoundClass;
import io.pcmshare.server.policy.What;
import io.pcmshare.server.policy.Who;
import io.pcmshare.share.owner.GrantTerms;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads one rule. */
final class RuleReader {
    /** Which way a stream goes. */
    private enum Direction {
        PLAYBACK,
        CAPTURE
    }

    /** What a rule that denies has no use for. */
    private static final List<String> OF_YES =
            List.of(
                    "permissions",
                    "quota",
                    "streams-per-process",
                    "streams-per-user",
                    "buffer",
                    "calls-per-second");

    private static final List<String> OF_ASK = List.of("ask-timeout", "ask-env", "remember");
    private static final int MANY = 1_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long ASK_TIMEOUT = 60 * SECOND;

    private final Users users;
    private final Section section;
    private final Problems problems;

    RuleReader(Section section, Users users, Problems problems) {
        this.section = section;
        this.users = users;
        this.problems = problems;
    }

    /**
     * The rule; where something is wrong, what could be understood of it.
     *
     * @param otherwise what it says where it does not say what; {@code null} where it must
     */
    Rule read(@Nullable RuleAction otherwise) {
        String place = place();
        RuleAction action = action(otherwise);
        Who who = new Who(users.read(section, "uid"), glob("exe"), glob("cgroup"), glob("label"));
        What what = new What(classes(), glob("device"), exclusive());
        RuleTerms terms = terms();
        AskHook ask = ask(action);
        if (action == RuleAction.DENY) {
            useless(OF_YES, "a rule that denies gives nothing");
        }
        section.close();
        boolean asks = action == RuleAction.ASK && ask != null;
        RuleAction said = action == RuleAction.ASK && !asks ? RuleAction.DENY : action;
        return new Rule(place, who, what, said, terms, asks ? ask : null);
    }

    private String place() {
        String name = section.text("name", "no spies");
        TomlPosition at = section.place();
        int slash = problems.file().lastIndexOf('/');
        String file = problems.file().substring(slash + 1);
        String where = at == null ? file : file + ":" + at.line();
        return name == null ? "the rule at " + where : "rule \"%s\" (%s)".formatted(name, where);
    }

    private RuleAction action(@Nullable RuleAction otherwise) {
        RuleAction said = section.word("action", List.of(RuleAction.values()));
        if (said != null) {
            return said;
        }
        if (otherwise == null && !section.has("action")) {
            problems.missing(
                    section.place(),
                    "the rule does not say what to do: action = \"allow\", \"deny\" or \"ask\".");
        }
        return otherwise == null ? RuleAction.DENY : otherwise;
    }

    private Glob glob(String key) {
        String example = key.equals("device") ? "0,0:*" : "/usr/bin/*";
        String said = section.text(key, example);
        if (said == null) {
            return Glob.ANY;
        }
        if (said.isEmpty()) {
            section.wrong(key, key + " = \"\" matches nothing; leave it out for any.");
        }
        return new Glob(said);
    }

    private Set<SoundClass> classes() {
        Set<SoundClass> classes = section.words("class", List.of(SoundClass.values()));
        Direction direction = section.word("direction", List.of(Direction.values()));
        if (direction == null) {
            return classes;
        }
        Set<SoundClass> going =
                direction == Direction.PLAYBACK
                        ? EnumSet.of(SoundClass.PLAY)
                        : EnumSet.of(SoundClass.MICROPHONE, SoundClass.PROGRAMS);
        if (!classes.isEmpty()) {
            going.retainAll(classes);
        }
        if (going.isEmpty()) {
            section.wrong(
                    "direction",
                    "no stream is of this direction and this class: play is playback, microphone"
                            + " and programs are capture.");
        }
        return going;
    }

    private @Nullable Boolean exclusive() {
        return section.has("exclusive") ? (Boolean) section.flag("exclusive", false) : null;
    }

    private RuleTerms terms() {
        Long lasts = section.time("for", "10m");
        return new RuleTerms(
                PermissionWords.read(section, "permissions"),
                lasts == null ? GrantTerms.NEVER : lasts,
                quota(),
                limits());
    }

    private Quota quota() {
        if (section.value("quota") instanceof Long frames) {
            if (frames >= 0) {
                return new Quota(frames, GrantTerms.UNLIMITED);
            }
            section.wrong("quota", "quota = " + frames + " frames is less than nothing.");
            return Quota.NONE;
        }
        Long nanos = section.time("quota", "30s");
        return nanos == null ? Quota.NONE : new Quota(GrantTerms.UNLIMITED, nanos);
    }

    private RuleLimits limits() {
        RuleLimits usual = RuleLimits.USUAL;
        int process = section.number("streams-per-process", 1, MANY, usual.streamsPerProcess());
        int user = section.number("streams-per-user", 1, MANY, usual.streamsPerUser());
        Long buffer = section.time("buffer", "500ms");
        int calls = section.number("calls-per-second", 1, MANY, usual.callsPerSecond());
        return new RuleLimits(process, user, buffer == null ? usual.bufferNanos() : buffer, calls);
    }

    private @Nullable AskHook ask(RuleAction action) {
        List<String> command = section.texts("ask", "/usr/local/bin/ask");
        Long timeout = section.time("ask-timeout", "60s");
        List<String> environment = section.texts("ask-env", "DISPLAY");
        long remember = remember();
        if (action != RuleAction.ASK) {
            useless(List.of("ask"), "this rule asks nobody, action = \"ask\" would");
            useless(OF_ASK, "this rule asks nobody");
            return null;
        }
        if (timeout != null && timeout == 0) {
            section.wrong("ask-timeout", "nobody can answer in no time; leave it out for 60s.");
            return null;
        }
        if (command.isEmpty()) {
            problems.missing(
                    section.place(),
                    "the rule does not say who is asked: ask = [\"/usr/local/bin/ask\"].");
            return null;
        }
        checkProgram(command.getFirst());
        return new AskHook(command, environment, timeout == null ? ASK_TIMEOUT : timeout, remember);
    }

    private void checkProgram(String program) {
        if (!program.startsWith("/")) {
            section.wrong(
                    "ask",
                    "\"%s\" must be the whole path of a program: it is asked without a PATH."
                            .formatted(program));
        } else if (!Files.isExecutable(Path.of(program)) || Files.isDirectory(Path.of(program))) {
            section.wrong("ask", "there is no program " + program + " that could be asked.");
        }
    }

    private long remember() {
        String said = section.text("remember", "1h");
        if (said == null || said.equals("never")) {
            return 0;
        }
        if (said.equals("always")) {
            return AskHook.ALWAYS;
        }
        Long nanos = Durations.parse(said);
        if (nanos == null) {
            section.wrong(
                    "remember",
                    "remember = \"%s\" must be \"always\", \"never\" or a time, \"1h\"."
                            .formatted(said));
            return 0;
        }
        return nanos;
    }

    private void useless(List<String> keys, String why) {
        for (String key : keys) {
            if (section.has(key)) {
                section.wrong(key, "%s has no meaning here: %s.".formatted(key, why));
            }
        }
    }
}
