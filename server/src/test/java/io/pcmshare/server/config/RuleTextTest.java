package io.pcmshare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.server.policy.Glob;
import io.pcmshare.server.policy.Rule;
import io.pcmshare.server.policy.RuleAction;
import io.pcmshare.server.policy.SoundClass;
import io.pcmshare.server.policy.What;
import io.pcmshare.server.policy.Who;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Set;

class RuleTextTest {
    private static final Users USERS = new Users(Map.of("anna", 1000), 4242);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{exe = '/usr/bin/x', uid = 'anna', direction = 'capture', class = 'microphone'}",
                "  {action='allow', exe='/usr/bin/x', uid=[1000], class='microphone'}  ",
                "exe = '/usr/bin/x'\nuid = 1000\nclass = ['microphone']",
            })
    void aRuleIsAnInlineTableOrLinesAndAllows(String text) throws Exception {
        Rule rule = RuleText.parse(text, USERS);

        assertThat(rule.action()).isEqualTo(RuleAction.ALLOW);
        assertThat(rule.who())
                .isEqualTo(new Who(Set.of(1000), new Glob("/usr/bin/x"), Glob.ANY, Glob.ANY));
        assertThat(rule.what()).isEqualTo(new What(Set.of(SoundClass.MICROPHONE), Glob.ANY, null));
    }

    @Test
    void theServersOwnUserHasAName() throws Exception {
        assertThat(RuleText.parse("{uid='self'}", USERS).who().uids()).containsExactly(4242);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "# nothing",
                "{exe='/x'}\n{exe='/y'}",
                "{exe='/x'}\naction='deny'",
                "{ex='/x'}",
                "exe=",
                "nonsense",
                "\0\0",
            })
    void whatIsNoRuleIsRefusedInASentence(String text) {
        assertThatThrownBy(() -> RuleText.parse(text, USERS))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith("rule");
    }

    @Test
    void whatIsWrongIsNamedByItsPlaceInWhatWasWritten() {
        assertThatThrownBy(() -> RuleText.parse("{ex='/x'}", USERS))
                .message()
                .startsWith("rule:1:2: there is no \"ex\" here, did you mean exe?");
        assertThatThrownBy(() -> RuleText.parse("uid=5\nfor='long'", USERS))
                .message()
                .startsWith("rule:2:1: for = \"long\" is no time");
    }

    @Test
    void aRuleThatWantsToSeeTheParserFallIsRefused() {
        // deep enough for a stack of half a megabyte; short enough for a line of the control socket
        String deep = "exe=" + "[".repeat(30_000);
        assertThatThrownBy(() -> RuleText.parse(deep, USERS)).isInstanceOf(ConfigException.class);
        String shallow = "exe=" + "[".repeat(4000);
        assertThatThrownBy(() -> RuleText.parse(shallow, USERS))
                .isInstanceOf(ConfigException.class);
    }
}
