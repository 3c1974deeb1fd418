package io.pcmshare.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.config.RuleText;
import io.pcmshare.share.audit.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(30)
class AskingTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final StreamRequest PLAY = Requests.of(Requests.OWN, SoundClass.PLAY);

    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<StreamRequest> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new SynchronousQueue<>();
    private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
    private final RulePolicy policy =
            new RulePolicy(
                    Requests.OWN,
                    List.of(),
                    now::get,
                    (hook, request) -> {
                        asked.add(request);
                        return answers.take();
                    });

    @AfterEach
    void end() {
        policy.close();
    }

    @Test
    void aQuestionIsAskedOnceAtATimeWhoeverWaitsForIt() throws Exception {
        rule("never");
        policy.decide(PLAY, verdicts::add);
        policy.decide(PLAY, verdicts::add);
        policy.decide(Requests.of(Requests.OWN, SoundClass.MICROPHONE), verdicts::add);
        policy.decide(Requests.of(Requests.OTHER, SoundClass.PLAY), verdicts::add);
        policy.decide(Requests.of(Requests.OWN, "/other", SoundClass.PLAY), verdicts::add);
        for (int i = 0; i < 4; i++) {
            asked.take();
        }
        assertThat(verdicts).as("nobody has answered").isEmpty();
        for (int i = 0; i < 4; i++) {
            answers.put("");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(verdicts.take()).isInstanceOf(Verdict.Allow.class);
        }
        policy.decide(PLAY, verdicts::add);
        assertThat(asked.take()).as("nothing is remembered").isEqualTo(PLAY);
        answers.put("");
        verdicts.take();
        assertThat(asked).isEmpty();
    }

    @Test
    void aNoIsANoWithItsReasonAndIsRememberedForAsLongAsTheRuleSays() throws Exception {
        rule("1h");
        answer("the answer was no");
        assertThat(verdicts.take())
                .isEqualTo(new Verdict.Deny("rule 1 (given): the answer was no"));
        assertThat(policy.stillAllows(PLAY)).isFalse();
        now.addAndGet(HOUR - 1);
        policy.decide(PLAY, verdicts::add);
        assertThat(verdicts.take()).as("at once").isInstanceOf(Verdict.Deny.class);
        now.addAndGet(1);
        assertThat(policy.stillAllows(PLAY)).as("nobody is asked about it").isTrue();
        answer("");
        assertThat(verdicts.take()).isInstanceOf(Verdict.Allow.class);
        policy.decide(PLAY, verdicts::add);
        assertThat(verdicts.take()).isInstanceOf(Verdict.Allow.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void anAnswerOutlivesAReloadThatLeavesItsRuleAsItWasAndNoOther() throws Exception {
        Rule rule = RuleText.parse("{action='ask', ask='/bin/true', remember='always'}");
        policy.reload(List.of(rule.at("server.toml:1")));
        answer("");
        verdicts.take();
        now.set(Long.MAX_VALUE - 1);
        policy.reload(List.of(rule.at("server.toml:7")));
        policy.decide(PLAY, verdicts::add);
        assertThat(verdicts.take()).isInstanceOf(Verdict.Allow.class);
        policy.reload(
                List.of(RuleText.parse("{action='ask', ask='/bin/false', remember='always'}")));
        answer("no");
        assertThat(verdicts.take()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aYesThatComesAfterTheRulesHaveBecomeStricterIsTooLate() throws Exception {
        rule("always");
        policy.decide(PLAY, verdicts::add);
        asked.take();
        policy.grant(RuleText.parse("{action='deny'}"), "");
        answers.put("");
        assertThat(verdicts.take()).isEqualTo(new Verdict.Deny("rule 2 (given) denies it"));
    }

    @Test
    void programsOfWhichNothingIsKnownShareNoAnswer() throws Exception {
        rule("always");
        for (int pid = 1; pid <= 2; pid++) {
            Subject unknown = new Subject(Requests.OWN, pid, "", "");
            policy.decide(Requests.of(unknown, SoundClass.PLAY, 0, 0, 1), verdicts::add);
            assertThat(asked.take().subject().pid()).isEqualTo(pid);
        }
        answers.put("");
        answers.put("");
        verdicts.take();
        verdicts.take();
        policy.decide(
                Requests.of(new Subject(Requests.OWN, 2, "", ""), SoundClass.PLAY, 0, 0, 1),
                verdicts::add);
        asked.take(); // a number can be another's by now
        answers.put("");
        verdicts.take();
    }

    @Test
    void whoeverWantsToFillTheScreenWithQuestionsIsRefused() throws Exception {
        rule("never");
        List<Verdict> early = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            policy.decide(Requests.of(Requests.OWN, "/p" + i, SoundClass.PLAY), early::add);
        }
        assertThat(early)
                .containsExactly(new Verdict.Deny("rule 1 (given): too many questions are open"));
    }

    @Test
    void closingAnswersWithNo() throws Exception {
        rule("always");
        policy.decide(PLAY, verdicts::add);
        asked.take();
        policy.close();
        assertThat(verdicts.take())
                .isEqualTo(new Verdict.Deny("rule 1 (given): the server is ending"));
        policy.decide(PLAY, verdicts::add);
        assertThat(verdicts.take()).isInstanceOf(Verdict.Deny.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void oneWhoFailsToHearTheAnswerDoesNotKeepItFromTheOthers() throws Exception {
        rule("never");
        policy.decide(
                PLAY,
                verdict -> {
                    throw new IllegalStateException("on purpose; its thread reports it");
                });
        policy.decide(PLAY, verdicts::add);
        asked.take();
        answers.put("");
        assertThat(verdicts.take()).isInstanceOf(Verdict.Allow.class);
    }

    private void rule(String remember) throws Exception {
        policy.grant(
                RuleText.parse("{action='ask', ask='/bin/true', remember='" + remember + "'}"), "");
    }

    private void answer(String refusal) throws InterruptedException {
        policy.decide(PLAY, verdicts::add);
        asked.take();
        answers.put(refusal);
    }
}
