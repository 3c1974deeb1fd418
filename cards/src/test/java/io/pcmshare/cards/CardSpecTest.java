package io.pcmshare.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.testkit.Seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** What people write for a card, and what they are told when it is wrong. */
final class CardSpecTest {
    @ParameterizedTest
    @CsvSource({"null, NULL, 8", "loopback, LOOPBACK, 8", "wav:out=a.wav, WAV, 1"})
    void aKindAloneIsTheCardAsItsDriverHasIt(String text, CardKind kind, int substreams) {
        CardSpec spec = CardSpec.parse(text);

        assertThat(spec.kind()).isEqualTo(kind);
        assertThat(spec.substreams()).isEqualTo(substreams);
        assertThat(spec.id()).isNull();
        assertThat(spec.model().limits()).isEmpty();
    }

    @Test
    void keysSayTheRest() {
        CardSpec spec =
                CardSpec.parse("null:model=ca0106,id=Front,name=My card,substreams=128,periods=4");

        assertThat(spec.model().name()).isEqualTo("ca0106");
        assertThat(spec.id()).isEqualTo("Front");
        assertThat(spec.name()).isEqualTo("My card");
        assertThat(spec.substreams()).isEqualTo(128);
        assertThat(spec.model().range(HwParam.PERIODS)).isEqualTo("4");
    }

    @Test
    void aPathMayHoldWhateverSeparatesKeys() {
        CardSpec spec = CardSpec.parse("wav:out=C:\\\\a=b\\,c.wav,in=/tmp/x:y.wav");

        assertThat(spec.files().out()).isEqualTo(Path.of("C:\\a=b,c.wav"));
        assertThat(spec.files().in()).isEqualTo(Path.of("/tmp/x:y.wav"));
    }

    @Test
    void limitsNarrowWhatTheModelCanDo() {
        CardModel model =
                CardSpec.parse(
                                "loopback:rate=44100+48000,formats=S16_LE+float_le,channels=1-2,"
                                        + "period=64-4096,buffer=8192")
                        .model();
        HwParamSpace space = new HwParamSpace();

        assertThat(model.refine(space)).isTrue();

        assertThat(space.mask(HwParam.FORMAT))
                .isEqualTo(PcmFormat.S16_LE.maskBit() | PcmFormat.FLOAT_LE.maskBit());
        assertThat(model.range(HwParam.RATE)).isEqualTo("44100-48000");
        assertThat(model.range(HwParam.CHANNELS)).isEqualTo("1-2");
        assertThat(model.range(HwParam.PERIOD_SIZE)).isEqualTo("64-4096");
        assertThat(space.interval(HwParam.BUFFER_SIZE).value()).isEqualTo(8192);
        space = new HwParamSpace();
        space.interval(HwParam.RATE).setRange(44101, 47999);
        assertThat(model.refine(space)).as("a rate between the two").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nul | there is no kind \"nul\", did you mean null? There are null, wav,",
                "zebra | there is no kind \"zebra\"; there are null,",
                "null:modle=ac97 | no key \"modle\", did you mean model? There are id, name,",
                "loopback:model=ac97 | kind loopback has no key \"model\"",
                "null:model=ac79 | there is no model \"ac79\", did you mean ac97? There are"
                        + " default",
                "null:formats=S16LE | there is no format \"S16LE\", did you mean S16_LE?",
                "null:rate | rate has no value, say rate=VALUE.",
                "null:rate= | rate has no value",
                "null: | has no key",
                "null:rate=8000,rate=9000 | rate is said twice.",
                "null:rate=fast | rate=fast must be a number or two",
                "null:rate=8000+x | must be numbers with + between",
                "null:rate=9000-8000 | has its greater end first",
                "null:substreams=0 | substreams=0 must be 1 to 128.",
                "null:substreams=129 | substreams=129 must be 1 to 128.",
                "null:id=a b | id=a b must be 1 to 15 letters",
                "null:name=abcdefghijklmnopqrstuvwxyz012345 | is longer than 31 bytes",
                "null:rate=96000 | rate=96000 leaves nothing of what the card can do (5500-48000)",
                "null:channels=2,formats=S32_LE | formats=S32_LE leaves nothing of what the card "
                        + "can do (U8, S16_LE)",
                "null:buffer=64,period=128 | buffer=64 leaves nothing of what the card can do (128",
                "wav | say which file, wav:out=FILE.wav to play",
                "loopback:mic=a.wav | a loopback card records what its other device plays",
                "wav:in=a.wav,mic=b.wav | say in= (the file as it is) or mic= (converted)",
                "null:mic-end=repeat | mic-end=repeat needs a file, mic=FILE.wav.",
                "null:mic=a.wav,mic-end=repaet | no mic-end \"repaet\", did you mean repeat?",
                "mixer:rate=8000 | say which card to play on, mixer:of=0.",
                "mixer:of=0-1 | of=0-1 must be one number.",
                "mixer:of=0,format=DSD_U8 | format=DSD_U8 holds no numbers that can be added.",
                "mixer:of=0,mic=a.wav | kind mixer has no key \"mic\"",
                "null:of=0 | kind null has no key \"of\"",
                "hw | say which card of the machine, hw:0 or hw:0,1.",
                "hw:0,1,2 | device is said twice.",
                "hw:0,mic=a.wav | kind hw has no key \"mic\"",
            })
    void whatIsWrongIsNamedWithWhatIsPossible(String text, String message) {
        assertThatThrownBy(() -> CardSpec.parse(text))
                .isInstanceOf(CardSpecException.class)
                .hasMessageStartingWith("Card \"" + text + "\": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "rme9652", "ice1712", "uda1341", "emu10k1"})
    void everyModelOfTheDriverHasItsName(String name) {
        assertThat(CardSpec.parse("null:model=" + name).model().name()).isEqualTo(name);
    }

    @Test
    void anyTextIsACardOrASentence() {
        String alphabet = "nulwavoopbck:=,\\+-0189_ratesidf\u00e4\u0000 ";
        Seeds.forEach(
                2000,
                random -> {
                    StringBuilder text = new StringBuilder(random.nextBoolean() ? "null:" : "");
                    for (int i = random.nextInt(30); i > 0; i--) {
                        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    try {
                        assertThat(CardSpec.parse(text.toString()).substreams()).isPositive();
                    } catch (CardSpecException e) {
                        assertThat(e).hasMessageEndingWith(".");
                    }
                });
    }
}
