package io.pcmshare.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.server.control.ControlException;

import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

@Timeout(60)
final class TopTerminalTest {
    private static final String XTERM = "xterm-256color";
    private static final String ENTER = "\u001b[?1049h";
    private static final String LEAVE = "\u001b[?1049l\u001b[23;0;0t";
    private static final long SECOND = 1_000_000_000L;

    private final TopRig rig = new TopRig(TopRig.LOUD, TopRig.QUIET);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Terminal terminal(String type, String keys) throws IOException {
        Terminal terminal =
                new ExternalTerminal(
                        "test",
                        type,
                        new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                        out,
                        StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 24));
        return terminal;
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void run(String keys) throws IOException {
        run(XTERM, keys);
    }

    private void run(String type, String keys) throws IOException {
        try (Terminal terminal = terminal(type, keys)) {
            Attributes before = terminal.getAttributes();
            try (TopTerminal top =
                    new TopTerminal(terminal, rig.control(), SECOND, System::nanoTime)) {
                assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ICANON))
                        .isFalse();
                top.run();
            }
            assertThat(terminal.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
        }
    }

    @Test
    void keysReachTheServerAndTheScreenIsGivenBack() throws IOException {
        run("\u001b[Bm\u001bOAmq");
        assertThat(rig.calls).containsExactly("mute [5, true]", "mute [3, true]");
        assertThat(shown()).contains(ENTER).endsWith(LEAVE).contains("aplay[412]");
    }

    @Test
    void anEscapeAloneIsTheAnswerNo() throws IOException {
        run("r\u001b");
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void keysWithMoreToSayAreNotMistaken() throws IOException {
        run("\u001b[3~\u001b[1;5Bmq"); // delete, and down with control
        assertThat(rig.calls).containsExactly("mute [5, true]");
    }

    @Test
    void whatTheServerRefusesIsShown() throws IOException {
        rig.failures.put("mute", new ControlException("Nobody mixes it."));
        run("m"); // and then the input ends
        assertThat(shown()).contains("Nobody mixes it.");
    }

    @Test
    void theScreenIsGivenBackWhenTheServerEnds() {
        IOException gone = new IOException("the server has gone");
        rig.failures.put("mute", new UncheckedIOException(gone));
        assertThatThrownBy(() -> run("m")).hasCause(gone);
        assertThat(shown()).endsWith(LEAVE);
    }

    @Test
    void controlCEndsIt() throws IOException {
        try (Terminal terminal = terminal(XTERM, "");
                TopTerminal top =
                        new TopTerminal(terminal, rig.control(), SECOND, System::nanoTime)) {
            terminal.raise(Terminal.Signal.INT);
            top.run();
        }
        assertThat(shown()).endsWith(LEAVE);
    }

    @Test
    void coloursAreOnlyWhereTheTerminalHasThem() throws IOException {
        run("q");
        assertThat(shown()).contains("\u001b[32m");
        out.reset();
        run("dumb", "q");
        assertThat(shown()).contains("aplay[412]").doesNotContain("\u001b");
    }
}
