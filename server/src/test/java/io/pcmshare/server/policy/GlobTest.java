package io.pcmshare.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "/usr/bin/*, /usr/bin/aplay, true",
        "/usr/bin/*, /usr/bin/sub/aplay, false",
        "/usr/**, /usr/bin/sub/aplay, true",
        "/usr/**/aplay, /usr/bin/aplay, true",
        "**, '', true",
        "*, '', true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a?c, ac, false",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "'0,0:*', '0,0:playback', true",
        "a.c, abc, false",
        "[ab], a, false",
        "a, aa, false",
    })
    void starsStopAtSlashesUnlessThereAreTwo(String glob, String text, boolean matches) {
        assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
    }

    @Test
    void randomPatternsMatchWhatTheSameRegularExpressionMatches() {
        Seeds.forEach(
                20_000,
                random -> {
                    String glob = word(random, "ab/*?*\\", 7);
                    String text = word(random, "ab/", 9);
                    assertThat(new Glob(glob).matches(text))
                            .as("glob=%s text=%s", glob, text)
                            .isEqualTo(regex(glob).matcher(text).matches());
                });
    }

    @Test
    @Timeout(5)
    void aTextThatWasChosenToTakeLongDoesNot() {
        assertThat(new Glob("**a".repeat(40) + "b").matches("a".repeat(4096))).isFalse();
    }

    private static String word(SplittableRandom random, String letters, int longest) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            String left = glob.substring(i);
            if (left.startsWith("**")) {
                regex.append(".*");
                i++;
            } else if (left.startsWith("*")) {
                regex.append("[^/]*");
            } else if (left.startsWith("?")) {
                regex.append("[^/]");
            } else {
                i += left.startsWith("\\") && left.length() > 1 ? 1 : 0;
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
