package io.pcmshare.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ServerState;
import io.pcmshare.server.control.StreamState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopKeysTest {
    private static final ServerState STATE = TopRig.state(TopRig.LOUD, TopRig.QUIET);

    private final TopRig rig = new TopRig(TopRig.LOUD, TopRig.QUIET);

    /** Presses keys, one character each or the word in brackets; what is shown in the end. */
    private TopView press(TopView view, String... keys) throws ControlException {
        TopView now = view;
        for (String key : keys) {
            TopKeys.Reaction reaction = TopKeys.press(now, key, STATE);
            TopKeys.Act act = reaction.act();
            if (act != null) {
                act.on(rig.control());
            }
            now = reaction.view();
        }
        return now;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m         | mute [3, true]",
                "j m       | mute [5, true]",
                "down up m | mute [3, true]",
                "k k m     | mute [3, true]",
                "j j j m   | mute [5, true]",
                "+         | volume [3, 1.0]",
                "j -       | volume [5, -1.0]",
                "v 1       | move [3, 1,0:playback]",
                "j r y     | revoke [5]"
            })
    void keysChangeTheChosenStream(String keys, String done) throws ControlException {
        press(TopView.FIRST, keys.split(" "));
        assertThat(rig.calls).containsExactly(done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r n",
                "r escape",
                "r r",
                "r Y",
                "v 2",
                "v 0",
                "v escape",
                "v 9 1",
                "? m",
                "x"
            })
    void whoSaysAnythingElseDoesNothing(String keys) throws ControlException {
        TopView after = press(TopView.FIRST, keys.split(" "));
        assertThat(after.mode()).isEqualTo(TopView.Mode.LIST);
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void theQuestionStaysAboutTheSameStream() throws ControlException {
        TopView asked = press(TopView.FIRST.sort(TopView.Sort.LEVEL), "r");
        ServerState louder = TopRig.state(TopRig.LOUD, TopRig.stream(9, "/usr/bin/new", 0, 0, 0));
        TopKeys.Act act = TopKeys.press(asked, "y", louder).act();
        assertThat(act).isNotNull();
        act.on(rig.control());
        assertThat(rig.calls).containsExactly("revoke [3]");
    }

    @Test
    void aStreamThatHasEndedMeanwhileIsNotMistakenForAnother() throws ControlException {
        TopView asked = press(TopView.FIRST, "r");
        assertThat(TopKeys.press(asked, "y", TopRig.state(TopRig.QUIET)).act()).isNull();
        TopView moved = press(TopView.FIRST, "v");
        assertThat(TopKeys.press(moved, "1", TopRig.state(TopRig.QUIET)).act()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "20, +, 20.0",
        "-59.5, -, -Infinity",
        "-Infinity, -, -Infinity",
        "-Infinity, +, -59.0"
    })
    void theVolumeHasAnEndOnBothSides(double from, String key, String to) throws ControlException {
        StreamState s = TopRig.LOUD;
        StreamState stream =
                new StreamState(
                        s.number(),
                        s.pid(),
                        s.uid(),
                        s.program(),
                        s.kind(),
                        s.mode(),
                        s.device(),
                        s.state(),
                        s.format(),
                        s.channels(),
                        s.rate(),
                        s.periodFrames(),
                        s.bufferFrames(),
                        s.movedFrames(),
                        s.queuedFrames(),
                        s.latencyNanos(),
                        s.xruns(),
                        from,
                        s.muted(),
                        s.peakDecibels(),
                        s.rmsDecibels());
        TopKeys.Act act = TopKeys.press(TopView.FIRST, key, TopRig.state(stream)).act();
        assertThat(act).isNotNull();
        act.on(rig.control());
        assertThat(rig.calls).containsExactly("volume [3, " + to + "]");
    }

    @Test
    void nothingHappensWhereNobodyPlays() {
        for (String key : new String[] {"j", "k", "m", "+", "-", "v", "r", TopKeys.ESCAPE}) {
            TopKeys.Reaction reaction = TopKeys.press(TopView.FIRST, key, TopRig.state());
            assertThat(reaction).isEqualTo(TopKeys.Reaction.of(TopView.FIRST));
        }
    }

    /** By number, by program (a "?" comes first), by level, by latency, by xruns. */
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 5", "2, 3", "3, 5", "4, 5"})
    void theOrderIsChosen(int presses, long first) throws ControlException {
        TopView view = TopView.FIRST;
        for (int i = 0; i < presses; i++) {
            view = press(view, "s");
        }
        assertThat(view.streams(STATE).getFirst().number()).isEqualTo(first);
        assertThat(view.streams(STATE)).hasSize(2);
    }

    @Test
    void qEndsIt() {
        assertThat(TopKeys.press(TopView.FIRST, "q", STATE).ends()).isTrue();
        TopView help = TopView.FIRST.mode(TopView.Mode.HELP);
        assertThat(TopKeys.press(help, "q", STATE).ends()).isFalse();
    }
}
