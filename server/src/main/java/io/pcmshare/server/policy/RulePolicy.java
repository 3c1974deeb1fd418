package io.pcmshare.server.policy;

import io.pcmshare.server.control.RuleState;
import io.pcmshare.share.owner.GrantTerms;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A policy of rules: the first that is about a request decides. In front stand those that were
 * given while the server runs, the latest first; then those of the file; then {@link
 * Rule#defaults}. Threads: any. Owns the programs that are asked; {@link #close} ends them.
 */
public final class RulePolicy implements Policy, AutoCloseable {
    /**
     * A rule that was given while the server runs.
     *
     * @param number by which it is forgotten
     * @param text as it was given
     * @param rule what it means
     * @param endNanos on the policy's clock; {@link GrantTerms#NEVER}
     */
    private record Given(long number, String text, Rule rule, long endNanos) {}

    private final LongSupplier clock;
    private final Questions questions;
    private final List<Rule> defaults;
    private final List<Given> given = new ArrayList<>();
    private List<Rule> file;
    private long lastNumber;

    /**
     * Begins.
     *
     * @param uid of the server
     * @param file the rules of its file
     * @param clock nanoseconds that never go back
     */
    public RulePolicy(int uid, List<Rule> file, LongSupplier clock) {
        this(uid, file, clock, new AskCommand(System.getenv()));
    }

    RulePolicy(int uid, List<Rule> file, LongSupplier clock, Asker asker) {
        this.clock = clock;
        this.questions = new Questions(asker, clock);
        this.defaults = Rule.defaults(uid);
        this.file = List.copyOf(file);
    }

    @Override
    public void decide(StreamRequest request, Consumer<Verdict> answer) {
        Found found = find(request);
        String tooMuch = found.rule().terms().limits().exceededBy(request);
        AskHook ask = found.rule().ask();
        if (found.rule().action() == RuleAction.DENY) {
            answer.accept(found.deny(""));
        } else if (tooMuch != null) {
            answer.accept(found.deny(tooMuch));
        } else if (ask == null) {
            answer.accept(found.allow(request, clock.getAsLong()));
        } else {
            questions.ask(
                    found.rule(),
                    ask,
                    request,
                    refusal -> answer.accept(afterwards(found, request, refusal)));
        }
    }

    /** While somebody was thinking, the rules may have changed. */
    private Verdict afterwards(Found asked, StreamRequest request, String refusal) {
        if (!refusal.isEmpty()) {
            return asked.deny(refusal);
        }
        Found now = find(request);
        return now.rule().action() == RuleAction.DENY
                ? now.deny("")
                : asked.allow(request, clock.getAsLong());
    }

    @Override
    public boolean stillAllows(StreamRequest request) {
        Rule rule = find(request).rule();
        return switch (rule.action()) {
            case ALLOW -> true;
            case DENY -> false;
            case ASK -> {
                String remembered = questions.remembered(rule, request);
                yield remembered == null || remembered.isEmpty();
            }
        };
    }

    /**
     * Puts a rule in front of all others. It ends with the time that it says; what it gives until
     * then ends with it.
     *
     * @param rule of {@code RuleText}
     * @param text as it was given
     * @return its number
     */
    public synchronized long grant(Rule rule, String text) {
        lastNumber++;
        long lasts = rule.terms().lastsNanos();
        long end = lasts == GrantTerms.NEVER ? GrantTerms.NEVER : clock.getAsLong() + lasts;
        given.addFirst(
                new Given(lastNumber, text, rule.at("rule " + lastNumber + " (given)"), end));
        return lastNumber;
    }

    /** Drops such a rule; whether there was one. */
    public synchronized boolean forget(long number) {
        dropEnded();
        return given.removeIf(rule -> rule.number() == number);
    }

    /** Replaces the rules of the file, all at once; those that were given stay. */
    public synchronized void reload(List<Rule> rules) {
        file = List.copyOf(rules);
    }

    /** The rules that were given and hold, the latest first: the order in which they are tried. */
    public synchronized List<RuleState> rules() {
        dropEnded();
        long now = clock.getAsLong();
        return given.stream()
                .map(rule -> new RuleState(rule.number(), rule.text(), left(rule.endNanos(), now)))
                .toList();
    }

    private static long left(long end, long now) {
        return end == GrantTerms.NEVER ? -1 : end - now;
    }

    private void dropEnded() {
        long now = clock.getAsLong();
        given.removeIf(rule -> rule.endNanos() != GrantTerms.NEVER && rule.endNanos() - now <= 0);
    }

    private synchronized Found find(StreamRequest request) {
        dropEnded();
        for (Given each : given) {
            if (each.rule().matches(request)) {
                return new Found(each.rule(), each.endNanos());
            }
        }
        Rule first = first(file, request);
        if (first == null) {
            first = first(defaults, request);
        }
        if (first == null) {
            throw new IllegalStateException("no default is about request=" + request);
        }
        return new Found(first, GrantTerms.NEVER);
    }

    private static @Nullable Rule first(List<Rule> rules, StreamRequest request) {
        return rules.stream().filter(rule -> rule.matches(request)).findFirst().orElse(null);
    }

    /**
     * The rule that decides.
     *
     * @param endNanos when it ends by itself; {@link GrantTerms#NEVER}
     */
    private record Found(Rule rule, long endNanos) {
        Verdict.Allow allow(StreamRequest request, long now) {
            long left = endNanos == GrantTerms.NEVER ? GrantTerms.NEVER : endNanos - now;
            return rule.terms().allow(request, Math.max(0, left));
        }

        Verdict.Deny deny(String why) {
            return new Verdict.Deny(
                    why.isEmpty() ? rule.place() + " denies it" : rule.place() + ": " + why);
        }
    }

    /** Ends the programs that are being asked; the answers are no. */
    @Override
    public void close() {
        questions.close();
    }
}
