package io.pcmshare.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * A rule of a policy: what it says to whom about what.
 *
 * @param place where it stands, for people: {@code rule "no spies" (server.toml:12)}
 * @param who whom it is about
 * @param what what it is about
 * @param action what it says
 * @param terms what it gives where the answer is yes
 * @param ask who is asked; with {@link RuleAction#ASK} and only then
 */
public record Rule(
        String place,
        Who who,
        What what,
        RuleAction action,
        RuleTerms terms,
        @Nullable AskHook ask) {
    /** Refuses to ask nobody. */
    public Rule {
        if ((action == RuleAction.ASK) != (ask != null)) {
            throw new IllegalArgumentException("action=" + action + ", ask=" + ask);
        }
    }

    /** Whether it is about a request. */
    public boolean matches(StreamRequest request) {
        return who.matches(request) && what.matches(request);
    }

    /** The same that stands elsewhere: a rule that has moved down a line is still the same. */
    Rule at(String elsewhere) {
        return new Rule(elsewhere, who, what, action, terms, ask);
    }

    /**
     * What holds where no other rule does: the server's user and root may play and hear the
     * microphone; nobody may hear other programs; everybody else may do nothing.
     *
     * @param uid of the server
     */
    public static List<Rule> defaults(int uid) {
        Who same = new Who(Set.copyOf(List.of(uid, 0)), Glob.ANY, Glob.ANY, Glob.ANY);
        What own = new What(Set.of(SoundClass.PLAY, SoundClass.MICROPHONE), Glob.ANY, null);
        What programs = new What(Set.of(SoundClass.PROGRAMS), Glob.ANY, null);
        return List.of(
                new Rule("the default policy", same, own, RuleAction.ALLOW, RuleTerms.USUAL, null),
                deny("the default policy (hearing other programs takes a rule)", programs),
                deny("the default policy (other users take a rule)", What.ANYTHING));
    }

    private static Rule deny(String place, What what) {
        return new Rule(place, Who.ANYBODY, what, RuleAction.DENY, RuleTerms.USUAL, null);
    }
}
