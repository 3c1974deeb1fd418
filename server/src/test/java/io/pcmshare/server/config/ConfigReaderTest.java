package io.pcmshare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.CardKind;
import io.pcmshare.server.SessionLimits;
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
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.GrantTerms;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

class ConfigReaderTest {
    private static final Users USERS = new Users(Map.of("anna", 1000, "ben", 1001), 4242);

    @TempDir private Path folder;

    @Test
    void aFileThatSaysEverythingIsReadAsItIsMeant() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        ServerConfig config =
                read(
                        """
                        [server]
                        socket = "/run/x/socket"
                        control = "/run/x/control"
                        guests = "/run/x/hosts"
                        time = "lockstep"
                        audit = "FOLDER/audit.log"
                        monitor = { port = 8080, address = "::1", token-file = "FOLDER/token" }

                        [[card]]
                        spec = "wav:out=x.wav"
                        period-frames = 480
                        rate = 48000
                        channels = 2
                        format = "FLOAT_LE"
                        exclusive = false

                        [[card]]
                        spec = "null"

                        [default]
                        playback = "1"
                        capture = "Studio,2:capture"

                        [limits]
                        sessions = 3
                        per-process = 2
                        patience = "500ms"

                        [[rule]]
                        name = "phone"
                        action = "ask"
                        uid = ["anna", 77]
                        exe = "/usr/bin/*"
                        cgroup = "/user.slice/**"
                        label = "firefox*"
                        class = ["microphone", "programs"]
                        device = "0,*"
                        exclusive = true
                        permissions = ["map-buffer", "MAP_STATUS", "STATUS"]
                        for = "10m"
                        quota = "30s"
                        streams-per-process = 1
                        streams-per-user = 4
                        buffer = "500ms"
                        calls-per-second = 50
                        ask = ["/bin/sh", "-c", "exit 0"]
                        ask-timeout = "5s"
                        ask-env = ["DISPLAY"]
                        remember = "1h"
                        """);

        assertThat(config.places())
                .isEqualTo(
                        new ServerConfig.Places(
                                Path.of("/run/x/socket"),
                                Path.of("/run/x/control"),
                                Path.of("/run/x/hosts"),
                                folder.resolve("audit.log")));
        assertThat(config.time()).isEqualTo(TimeMode.LOCKSTEP);
        assertThat(config.monitor()).isEqualTo(new MonitorConfig(8080, "::1", token));
        CardConfig card = config.cards().getFirst();
        assertThat(card.spec().kind()).isEqualTo(CardKind.WAV);
        assertThat(card)
                .isEqualTo(
                        new CardConfig(
                                "wav:out=x.wav",
                                card.spec(),
                                480,
                                48_000,
                                2,
                                PcmFormat.FLOAT_LE,
                                true,
                                false));
        assertThat(config.cards().getLast()).isEqualTo(CardConfig.of("null"));
        assertThat(config.devices())
                .isEqualTo(new ServerConfig.DefaultDevices("1,0:playback", "Studio,2:capture"));
        assertThat(config.limits()).isEqualTo(new SessionLimits(3, 2, 500_000_000L));
        assertThat(config.rules()).containsExactly(phoneRule());
    }

    private static Rule phoneRule() {
        return new Rule(
                "rule \"phone\" (server.toml:29)",
                new Who(
                        Set.of(1000, 77),
                        new Glob("/usr/bin/*"),
                        new Glob("/user.slice/**"),
                        new Glob("firefox*")),
                new What(Set.of(SoundClass.MICROPHONE, SoundClass.PROGRAMS), new Glob("0,*"), true),
                RuleAction.ASK,
                new RuleTerms(
                        // MAP_BUFFER_READ, _WRITE, MAP_STATUS, the three of people, STATUS
                        new Permissions(0b111 | 0b111 << 4 | 1 << 19),
                        TimeUnit.MINUTES.toNanos(10),
                        new Quota(GrantTerms.UNLIMITED, TimeUnit.SECONDS.toNanos(30)),
                        new RuleLimits(1, 4, TimeUnit.MILLISECONDS.toNanos(500), 50)),
                new AskHook(
                        List.of("/bin/sh", "-c", "exit 0"),
                        List.of("DISPLAY"),
                        TimeUnit.SECONDS.toNanos(5),
                        TimeUnit.HOURS.toNanos(1)));
    }

    @Test
    void anEmptyFileIsTheUsualServerOnTheCardsOfTheMachine() throws Exception {
        ServerConfig config = read("");

        assertThat(config.cards()).isEmpty();
        assertThat(config.places().socket()).isEqualTo(Path.of("/xdg/pcmshare/socket"));
        assertThat(config.places().control()).isEqualTo(Path.of("/xdg/pcmshare/control"));
        assertThat(config.limits()).isEqualTo(SessionLimits.USUAL);
        assertThat(config.rules()).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceInTheOrderOfItsLines() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        [server]
                                        sockt = "/x"
                                        time = "lockstp"
                                        [[card]]
                                        spec = "wave:out=x.wav"
                                          rate = 44
                                        [limits]
                                        sessions = "many"
                                        patience = "long"
                                        [[rule]]
                                        uid = "ana"
                                        class = "mikrophone"
                                        """))
                .isInstanceOf(ConfigException.class)
                .message()
                .satisfies(
                        message ->
                                assertThat(message.lines().map(line -> line.split(": ", 2)))
                                        .extracting(parts -> parts[0].replaceAll(".*toml", ""))
                                        .containsExactly(
                                                ":2:1", ":3:1", ":5:1", ":6:3", ":8:1", ":9:1",
                                                ":10:1", ":11:1", ":12:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[server]~sockt='/x' | 2:1: there is no \"sockt\" here, did you mean socket?",
                "[servr] | 1:1: there is no \"servr\" here, did you mean server?",
                "[server]~time='fast' | 2:1: there is no time \"fast\"; there are real, lockstep.",
                "[server]~socket=5 | 2:1: socket must be a text, socket = \"/xdg/pcmshare/socket\","
                        + " not a whole number.",
                "server=1 | 1:1: server must be a table, [server], not a whole number.",
                "[server]~control='/xdg/pcmshare/socket' | 2:1: socket and control must be two",
                "[server]~audit='/no/such/x.log' | 2:1: there is no folder /no/such: create it.",
                "[server]~audit='FOLDER' | 2:1: FOLDER is a folder: name a file in it.",
                "[server.monitor]~port=70000 | 2:1: port = 70000 is not between 0 and 65535.",
                "[server.monitor]~token-file='/no' | 2:1: there is no file /no that could be read.",
                "[server]~monitor=true | 2:1: monitor must be a table, [monitor], not true or"
                        + " false.",
                "[card]~spec='null' | 1:1: there may be several: write [[card]], not [card].",
                "card=[1] | 1:7: card holds tables, not a whole number.",
                "[[card]]~rate=44100 | 1:1: the card does not say what it is: spec = \"null\".",
                "[[card]]~spec='wav' | 2:1: Card \"wav\": say which file",
                "[[card]]~spec='wav:in=/no.wav' | 2:1: there is no file /no.wav that could be"
                        + " read.",
                "[[card]]~spec='wav:out=a'~[[card]]~spec='wav:out=./a' | 4:1: card 0 writes the"
                        + " file",
                "[[card]]~spec='null'~format='s24le' | 3:1: there is no format \"s24le\", did you"
                        + " mean",
                "[[card]]~spec='null'~shared='no' | 3:1: shared must be true or false,"
                        + " shared = false, not a text.",
                "[[card]]~spec='null'~shared=false~exclusive=false | 4:1: a card that is neither",
                "[default]~playback='1,0'~[[card]]~spec='null' | 2:1: there is no card 1, the last"
                    + " of 1 is 0.",
                "[default]~playback='0,0:capture' | 2:1: \"0,0:capture\" is no playback device.",
                "[default]~capture='hw 0' | 2:1: capture = \"hw 0\" is no device",
                "[limits]~sessions=0 | 2:1: sessions = 0 is not between 1 and 4096.",
                "[limits]~patience='0s' | 2:1: nobody answers in no time",
                "[limits]~patience='99999999999h' | 2:1: patience = \"99999999999h\" is no time",
                "[limits]~patience='999999999d' | 2:1: patience = \"999999999d\" is no time: a"
                        + " number with us, ms, s, m, h or d behind it, \"10m\".",
                "[[rule]]~exe='/x' | 1:1: the rule does not say what to do: action = \"allow\"",
                "[[rule]]~action='alow' | 2:1: there is no action \"alow\", did you mean allow?",
                "[[rule]]~action='allow'~uid='ana' | 3:1: there is no user \"ana\", did you mean"
                        + " anna",
                "[[rule]]~action='allow'~uid=-1 | 3:1: uid = -1 is not between 0 and 4294967294.",
                "[[rule]]~action='allow'~uid=[] | 3:1: uid names nobody",
                "[[rule]]~action='allow'~uid=1.5 | 3:1: uid must be a user's number or name,",
                "[[rule]]~action='allow'~exe='' | 3:1: exe = \"\" matches nothing",
                "[[rule]]~action='allow'~class=['play', 3] | 3:16: class holds texts such as",
                "[[rule]]~action='allow'~class='mic' | 3:1: there is no class \"mic\"; there are"
                        + " play, microphone, programs.",
                "[[rule]]~action='allow'~direction='in' | 3:1: there is no direction \"in\"",
                "[[rule]]~action='allow'~direction='capture'~class='play' | 3:1: no stream is of",
                "[[rule]]~action='allow'~permissions='MAP_BUFER' | 3:1: there is no permission"
                        + " \"MAP_BUFER\", did you mean MAP_BUFFER?",
                "[[rule]]~action='allow'~quota=-4 | 3:1: quota = -4 frames is less than nothing.",
                "[[rule]]~action='allow'~quota=true | 3:1: quota must be a text, quota = \"30s\"",
                "[[rule]]~action='deny'~quota=4 | 3:1: quota has no meaning here: a rule that"
                        + " denies",
                "[[rule]]~action='allow'~ask='/bin/sh' | 3:1: ask has no meaning here: this rule"
                        + " asks nobody, action = \"ask\" would.",
                "[[rule]]~action='allow'~remember='1h' | 3:1: remember has no meaning here",
                "[[rule]]~action='ask' | 1:1: the rule does not say who is asked",
                "[[rule]]~action='ask'~ask='zenity' | 3:1: \"zenity\" must be the whole path of a",
                "[[rule]]~action='ask'~ask='/no/such' | 3:1: there is no program /no/such that",
                "[[rule]]~action='ask'~ask='/bin/sh'~remember='1w' | 4:1: remember = \"1w\" must"
                        + " be",
                "[[rule]]~action='ask'~ask='/bin/sh'~ask-timeout='0s' | 4:1: nobody can answer in"
                        + " no",
            })
    void whatIsWrongIsNamedWithItsPlaceAndWhatWouldBeRight(String text, String expected) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(place() + ":" + expected.replace("FOLDER", folder.toString()))
                .hasLineCount(1);
    }

    @Test
    void whatIsNoTomlIsSaidWithoutComplaintsAboutWhatCouldNotBeRead() {
        assertThatThrownBy(() -> read("[[rule]]\naction = \n"))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(place() + ":2:10: Unexpected end of line")
                .hasLineCount(1);
        assertThatThrownBy(() -> read("[limits]\nsessions = 1\nsessions = 2\n"))
                .message()
                .isEqualTo(place() + ":3:1: sessions previously defined at line 2, column 1.");
    }

    @Test
    void aFileThatIsMissingOrNoTextIsSaidByItsName() throws IOException {
        ConfigReader reader = reader();
        Path missing = folder.resolve("missing.toml");
        assertThatThrownBy(() -> reader.read(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + ": there is no such file.");
        Path binary = Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xff, 'a'});
        assertThatThrownBy(() -> reader.read(binary))
                .isInstanceOf(ConfigException.class)
                .hasMessage(binary + ": this is no text in UTF-8.");
    }

    private String place() {
        return folder.resolve("server.toml").toString();
    }

    private ConfigReader reader() {
        DefaultPaths paths = new DefaultPaths(Map.of("XDG_RUNTIME_DIR", "/xdg"), 4242, folder);
        return new ConfigReader(paths, USERS);
    }

    private ServerConfig read(String text) throws Exception {
        Path file = folder.resolve("server.toml");
        Files.writeString(file, text.replace("FOLDER", folder.toString()));
        return reader().read(file);
    }
}
