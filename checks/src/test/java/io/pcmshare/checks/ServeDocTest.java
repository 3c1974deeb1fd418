package io.pcmshare.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.policy.Rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page on the server shows is what the server understands. */
final class ServeDocTest {
    private static final Pattern BLOCK = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void theFilesThatItShowsAreRight() throws Exception {
        String page = Files.readString(Repository.root().resolve("docs").resolve("serve.md"));
        // programs of readers are not on every machine
        page = page.replace("/home/anna/bin/ask-sound", "/bin/true");
        List<String> blocks = BLOCK.matcher(page).results().map(result -> result.group(1)).toList();
        assertThat(blocks).hasSize(2);

        ServerConfig all = read(blocks.getFirst());
        assertThat(all.cards().getFirst().text()).isEqualTo("null");
        assertThat(all.limits()).isEqualTo(ServerConfig.defaults().limits());
        ServerConfig policy = read(blocks.getLast());
        assertThat(policy.rules().stream().map(Rule::place))
                .containsExactly(
                        "rule \"recorder\" (server.toml:1)",
                        "the rule at server.toml:8",
                        "the rule at server.toml:16");
    }

    @Test
    void everyWordOfTheControlSocketIsInItsTable() throws Exception {
        Path source =
                Repository.root()
                        .resolve("server/src/main/java/io/pcmshare/server/control")
                        .resolve("ControlCalls.java");
        Matcher words =
                Pattern.compile("OPS =\\s+List.of\\((.*?)\\);", Pattern.DOTALL)
                        .matcher(Files.readString(source));
        assertThat(words.find()).isTrue();
        String page = Files.readString(Repository.root().resolve("docs").resolve("serve.md"));
        for (String word : words.group(1).split(",", -1)) {
            assertThat(page).contains("{\"op\":" + word.strip());
        }
    }

    private ServerConfig read(String text) throws Exception {
        return ServerConfig.read(Files.writeString(folder.resolve("server.toml"), text));
    }
}
