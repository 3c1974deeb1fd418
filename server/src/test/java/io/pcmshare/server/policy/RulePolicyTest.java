package io.pcmshare.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.config.RuleText;
import io.pcmshare.server.control.RuleState;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

class RulePolicyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Verdict.Allow EVERYTHING =
            new Verdict.Allow(
                    Permissions.FULL,
                    GrantTerms.NEVER,
                    GrantTerms.UNLIMITED,
                    RuleLimits.USUAL.callsPerSecond());

    private long now = -5 * SECOND; // clocks may begin below nothing

    @Test
    void withoutRulesTheServersUserAndRootPlayAndRecordAndNobodyElseDoesAnything() {
        RulePolicy policy = policy();
        for (int uid : new int[] {Requests.OWN, 0}) {
            assertThat(decide(policy, Requests.of(uid, SoundClass.PLAY))).isEqualTo(EVERYTHING);
            assertThat(decide(policy, Requests.of(uid, SoundClass.MICROPHONE)))
                    .isEqualTo(EVERYTHING);
            assertThat(reason(policy, Requests.of(uid, SoundClass.PROGRAMS)))
                    .isEqualTo(
                            "the default policy (hearing other programs takes a rule) denies it");
        }
        for (SoundClass about : SoundClass.values()) {
            assertThat(decide(policy, Requests.of(Requests.OTHER, about)))
                    .isInstanceOf(Verdict.Deny.class);
        }
        assertThat(reason(policy, Requests.of(Requests.OTHER, SoundClass.PLAY)))
                .isEqualTo("the default policy (other users take a rule) denies it");
    }

    @Test
    void aRuleGivesWhatItSaysAndAQuotaOfTimeIsInFramesOfTheStream() throws Exception {
        Rule rule =
                RuleText.parse(
                        "{class='programs', permissions='BUFFER', for='10m', quota='1500ms',"
                                + " calls-per-second=7}");
        assertThat(decide(policy(rule), Requests.of(Requests.OTHER, SoundClass.PROGRAMS)))
                .isEqualTo(
                        new Verdict.Allow(
                                Permissions.BUFFER, 600 * SECOND, Requests.RATE * 3L / 2, 7));
    }

    @Test
    void limitsCountTheStreamThatIsAskedForAndTheReasonSaysWhich() throws Exception {
        RulePolicy policy =
                policy(
                        RuleText.parse(
                                "{streams-per-process=2, streams-per-user=3, buffer='500ms'}"));
        Subject subject = new Subject(Requests.OWN, 9, Requests.PLAYER, "");
        long half = SECOND / 2;

        assertThat(decide(policy, Requests.of(subject, SoundClass.PLAY, 1, 2, half)))
                .isEqualTo(EVERYTHING);
        assertThat(reason(policy, Requests.of(subject, SoundClass.PLAY, 2, 2, half)))
                .endsWith("its process has 2 streams already, streams-per-process=2");
        assertThat(reason(policy, Requests.of(subject, SoundClass.PLAY, 1, 3, half)))
                .endsWith("its user has 3 streams already, streams-per-user=3");
        assertThat(reason(policy, Requests.of(subject, SoundClass.PLAY, 1, 2, half + 1)))
                .endsWith("a ring of 500.0 ms is asked for, buffer=500.0 ms");
        // what is in use is not counted against itself
        assertThat(policy.stillAllows(Requests.of(subject, SoundClass.PLAY, 9, 9, SECOND)))
                .isTrue();
    }

    @Test
    void givenRulesStandInFrontTheLatestFirstUntilTheyEndOrAreForgotten() throws Exception {
        RulePolicy policy = policy();
        StreamRequest play = Requests.of(Requests.OWN, SoundClass.PLAY);
        long no = policy.grant(RuleText.parse("{action='deny', for='10s'}"), "no");
        long yes = policy.grant(RuleText.parse("{for='4s'}"), "yes");

        now += SECOND;
        // what a rule gives ends with the rule
        assertThat(((Verdict.Allow) decide(policy, play)).lastsNanos()).isEqualTo(3 * SECOND);
        assertThat(policy.rules())
                .containsExactly(
                        new RuleState(yes, "yes", 3 * SECOND), new RuleState(no, "no", 9 * SECOND));
        now += 3 * SECOND;
        assertThat(reason(policy, play)).isEqualTo("rule 1 (given) denies it");
        assertThat(policy.forget(yes)).as("it has ended").isFalse();
        assertThat(policy.forget(no)).isTrue();
        assertThat(decide(policy, play)).isEqualTo(EVERYTHING);
        assertThat(policy.rules()).isEmpty();
        assertThat(policy.grant(RuleText.parse("{uid=5}"), "")).as("no number twice").isEqualTo(3);
    }

    @Test
    void reloadingReplacesTheFilesRulesAndKeepsThoseThatWereGiven() throws Exception {
        RulePolicy policy = policy(RuleText.parse("{action='deny'}").at("server.toml:1"));
        policy.grant(RuleText.parse("{class='microphone'}"), "");
        StreamRequest play = Requests.of(Requests.OWN, SoundClass.PLAY);
        StreamRequest microphone = Requests.of(Requests.OWN, SoundClass.MICROPHONE);
        assertThat(reason(policy, play)).isEqualTo("server.toml:1 denies it");
        assertThat(policy.stillAllows(play)).isFalse();

        policy.reload(List.of(RuleText.parse("{class='microphone', action='deny'}")));

        assertThat(policy.stillAllows(play)).isTrue();
        assertThat(policy.stillAllows(microphone)).isTrue();
        assertThat(decide(policy, microphone)).isEqualTo(EVERYTHING);
    }

    @Test
    void theFirstOfRandomRulesThatIsAboutItDecides() {
        Seeds.forEach(
                2000,
                random -> {
                    List<Rule> rules = new ArrayList<>();
                    for (int i = random.nextInt(6); i > 0; i--) {
                        rules.add(rule(random, "rule " + i));
                    }
                    RulePolicy policy = policy(rules.toArray(Rule[]::new));
                    StreamRequest request = request(random);
                    Rule first = firstByHand(rules, request);
                    String expected =
                            first.action() == RuleAction.ALLOW
                                    ? EVERYTHING.toString()
                                    : new Verdict.Deny(first.place() + " denies it").toString();
                    assertThat(decide(policy, request))
                            .as("rules=%s request=%s", rules, request)
                            .hasToString(expected);
                    assertThat(policy.stillAllows(request))
                            .isEqualTo(first.action() == RuleAction.ALLOW);
                });
    }

    private static Rule firstByHand(List<Rule> rules, StreamRequest request) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(Rule.defaults(Requests.OWN));
        for (Rule rule : all) {
            Set<Integer> uids = rule.who().uids();
            Set<SoundClass> classes = rule.what().classes();
            Boolean exclusive = rule.what().exclusive();
            String exe = rule.who().exe().text();
            boolean about = uids.isEmpty() || uids.contains(request.subject().uid());
            about &= classes.isEmpty() || classes.contains(request.soundClass());
            about &= exclusive == null || exclusive == request.exclusive();
            about &= exe.equals("**") || exe.equals(request.subject().executable());
            about &= rule.who().cgroup().equals(Glob.ANY) || request.cgroup().endsWith("/a");
            about &= rule.who().label().equals(Glob.ANY) || request.subject().label().equals("l");
            about &= rule.what().device().equals(Glob.ANY) || request.device().startsWith("0,");
            if (about) {
                return rule;
            }
        }
        throw new AssertionError("the last default is about everything");
    }

    private static Rule rule(SplittableRandom random, String place) {
        Set<Integer> uids = random.nextBoolean() ? Set.of() : Set.of(Requests.OWN, 5);
        Who who =
                new Who(
                        uids,
                        random.nextBoolean() ? Glob.ANY : new Glob("/x"),
                        random.nextBoolean() ? Glob.ANY : new Glob("/**/a"),
                        random.nextBoolean() ? Glob.ANY : new Glob("l"));
        Set<SoundClass> classes = EnumSet.noneOf(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            if (random.nextBoolean()) {
                classes.add(each);
            }
        }
        What what =
                new What(
                        classes,
                        random.nextBoolean() ? Glob.ANY : new Glob("0,*"),
                        random.nextInt(3) > 0 ? null : random.nextBoolean());
        RuleAction action = random.nextBoolean() ? RuleAction.ALLOW : RuleAction.DENY;
        return new Rule(place, who, what, action, RuleTerms.USUAL, null);
    }

    private static StreamRequest request(SplittableRandom random) {
        int uid = List.of(Requests.OWN, 0, 5, 6).get(random.nextInt(4));
        String exe = random.nextBoolean() ? "/x" : "/y";
        String label = random.nextBoolean() ? "l" : "m";
        SoundClass about = List.of(SoundClass.values()).get(random.nextInt(3));
        return new StreamRequest(
                new Subject(uid, 1, exe, label),
                random.nextBoolean() ? "0::/s/a" : "0::/s/b",
                about,
                random.nextBoolean() ? "0,1:playback" : "1,1:playback",
                random.nextBoolean(),
                Requests.RATE,
                1,
                0,
                0);
    }

    private RulePolicy policy(Rule... rules) {
        return new RulePolicy(
                Requests.OWN,
                List.of(rules),
                () -> now,
                (hook, request) -> {
                    throw new AssertionError("nobody is asked");
                });
    }

    private static Verdict decide(RulePolicy policy, StreamRequest request) {
        List<Verdict> verdicts = new ArrayList<>();
        policy.decide(request, verdicts::add);
        assertThat(verdicts).as("it is said at once, and once").hasSize(1);
        return verdicts.getFirst();
    }

    private static String reason(RulePolicy policy, StreamRequest request) {
        return ((Verdict.Deny) decide(policy, request)).reason();
    }
}
