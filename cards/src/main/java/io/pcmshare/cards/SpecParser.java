package io.pcmshare.cards;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.mix.Samples;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words of a {@link SpecText} mean. */
final class SpecParser {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,15}");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int NAME_BYTES = 31;

    private final SpecText text;

    SpecParser(SpecText text) {
        this.text = text;
    }

    CardSpec parse() {
        CardKind kind = text.kind();
        CardFiles files = files(kind);
        CardModel model = model(kind);
        try {
            model = model.limited(limits(kind));
        } catch (CardSpecException e) {
            throw text.refuse(String.valueOf(e.getMessage()));
        }
        CardTitle title = new CardTitle(id(), name());
        return new CardSpec(kind, title, substreams(kind), model, files, target(kind));
    }

    private CardTarget target(CardKind kind) {
        return switch (kind) {
            case NULL, WAV, LOOPBACK -> CardTarget.NONE;
            case MIXER -> {
                if (text.value(SpecKey.OF) == null) {
                    throw text.refuse("say which card to play on, mixer:of=0.");
                }
                String format = text.value(SpecKey.FORMAT);
                int channels = text.value(SpecKey.CHANNELS) == null ? 0 : number(SpecKey.CHANNELS);
                yield new CardTarget.Mix(
                        number(SpecKey.OF), channels, format == null ? null : mixFormat(format));
            }
            case HW -> {
                if (text.value(SpecKey.CARD) == null) {
                    throw text.refuse("say which card of the machine, hw:0 or hw:0,1.");
                }
                boolean one = text.value(SpecKey.DEVICE) != null;
                yield new CardTarget.Machine(
                        number(SpecKey.CARD),
                        one ? number(SpecKey.DEVICE) : CardTarget.Machine.ALL_DEVICES);
            }
        };
    }

    private PcmFormat mixFormat(String word) {
        PcmFormat format = format(word);
        if (!Samples.areNumbers(format)) {
            throw text.refuse(text.said(SpecKey.FORMAT) + " holds no numbers that can be added.");
        }
        return format;
    }

    private int number(SpecKey key) {
        long[] ends = span(key);
        if (ends[0] != ends[1]) {
            throw text.refuse(text.said(key) + " must be one number.");
        }
        return (int) ends[0];
    }

    private CardFiles files(CardKind kind) {
        Path out = path(SpecKey.OUT);
        Path in = path(SpecKey.IN);
        Path mic = path(SpecKey.MIC);
        if (kind == CardKind.WAV && out == null && in == null && mic == null) {
            throw text.refuse(
                    "say which file, wav:out=FILE.wav to play, wav:in=FILE.wav to record.");
        }
        if (kind == CardKind.LOOPBACK && mic != null) {
            throw text.refuse("a loopback card records what its other device plays, not mic=.");
        }
        if (in != null && mic != null) {
            throw text.refuse("say in= (the file as it is) or mic= (converted), not both.");
        }
        if (in == null && mic == null && text.value(SpecKey.MIC_END) != null) {
            throw text.refuse(text.said(SpecKey.MIC_END) + " needs a file, mic=FILE.wav.");
        }
        return new CardFiles(out, in, path(SpecKey.RECORD), mic, micEnd());
    }

    private MicEnd micEnd() {
        String word = text.value(SpecKey.MIC_END);
        if (word == null) {
            return MicEnd.SILENCE;
        }
        for (MicEnd end : MicEnd.values()) {
            if (end.word().equals(word)) {
                return end;
            }
        }
        List<String> words = Arrays.stream(MicEnd.values()).map(MicEnd::word).toList();
        throw text.refuse("there is no mic-end \"" + word + "\"" + Words.choice(word, words));
    }

    private @Nullable String id() {
        String id = text.value(SpecKey.ID);
        if (id != null && !ID.matcher(id).matches()) {
            throw text.refuse(text.said(SpecKey.ID) + " must be 1 to 15 letters, digits, _ and -.");
        }
        return id;
    }

    private @Nullable String name() {
        String name = text.value(SpecKey.NAME);
        if (name != null && name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            throw text.refuse(
                    text.said(SpecKey.NAME) + " is longer than " + NAME_BYTES + " bytes.");
        }
        return name;
    }

    private int substreams(CardKind kind) {
        if (text.value(SpecKey.SUBSTREAMS) == null) {
            return kind.substreams();
        }
        long[] ends = span(SpecKey.SUBSTREAMS);
        if (ends[0] != ends[1] || ends[0] < 1 || ends[0] > CardSpec.MAX_SUBSTREAMS) {
            throw text.refuse(
                    text.said(SpecKey.SUBSTREAMS)
                            + " must be 1 to "
                            + CardSpec.MAX_SUBSTREAMS
                            + ".");
        }
        return (int) ends[0];
    }

    private CardModel model(CardKind kind) {
        String name = text.value(SpecKey.MODEL);
        if (name == null) {
            return CardModels.of(kind);
        }
        List<String> names = DummyModels.ALL.stream().map(CardModel::name).toList();
        return DummyModels.named(name)
                .orElseThrow(
                        () ->
                                text.refuse(
                                        "there is no model \""
                                                + name
                                                + "\""
                                                + Words.choice(name, names)));
    }

    private @Nullable Path path(SpecKey key) {
        String path = text.value(key);
        try {
            return path == null ? null : Path.of(path);
        } catch (InvalidPathException e) {
            throw text.refuse(text.said(key) + " is no path: " + e.getReason() + ".");
        }
    }

    private List<CardLimit> limits(CardKind kind) {
        List<CardLimit> limits = new ArrayList<>();
        String rates = text.value(SpecKey.RATE);
        if (rates != null) {
            limits.add(rates.contains("+") ? rates(rates) : between(SpecKey.RATE, HwParam.RATE));
        }
        if (text.value(SpecKey.FORMATS) != null) {
            limits.add(formats());
        }
        if (kind != CardKind.MIXER) { // whose channels are those of the mix, not of who plays
            addBetween(limits, SpecKey.CHANNELS, HwParam.CHANNELS);
        }
        addBetween(limits, SpecKey.PERIOD, HwParam.PERIOD_SIZE);
        addBetween(limits, SpecKey.BUFFER, HwParam.BUFFER_SIZE);
        addBetween(limits, SpecKey.PERIODS, HwParam.PERIODS);
        return limits;
    }

    private void addBetween(List<CardLimit> limits, SpecKey key, HwParam param) {
        if (text.value(key) != null) {
            limits.add(between(key, param));
        }
    }

    private CardLimit between(SpecKey key, HwParam param) {
        long[] ends = span(key);
        return new CardLimit.Between(text.said(key), param, ends[0], ends[1]);
    }

    private CardLimit rates(String list) {
        List<Long> rates = new ArrayList<>();
        for (String rate : list.split("\\+", -1)) {
            if (!rate.matches("\\d{1,9}")) {
                throw text.refuse(
                        text.said(SpecKey.RATE) + " must be numbers with + between, 44100+48000.");
            }
            rates.add(Long.parseLong(rate));
        }
        return new CardLimit.OneOf(text.said(SpecKey.RATE), HwParam.RATE, rates);
    }

    private CardLimit formats() {
        String said = text.said(SpecKey.FORMATS);
        long mask = 0;
        for (String word : said.substring(said.indexOf('=') + 1).split("\\+", -1)) {
            mask |= format(word).maskBit();
        }
        return new CardLimit.Formats(said, mask);
    }

    private PcmFormat format(String word) {
        for (PcmFormat format : PcmFormat.values()) {
            if (format.name().equalsIgnoreCase(word)) {
                return format;
            }
        }
        List<String> names = Arrays.stream(PcmFormat.values()).map(PcmFormat::name).toList();
        throw text.refuse("there is no format \"" + word + "\"" + Words.choice(word, names));
    }

    /** {@code N} or {@code A-B}. */
    private long[] span(SpecKey key) {
        Matcher matcher = SPAN.matcher(String.valueOf(text.value(key)));
        if (!matcher.matches()) {
            throw text.refuse(text.said(key) + " must be a number or two with - between, 1-8.");
        }
        long min = Long.parseLong(matcher.group(1));
        long max = matcher.group(2) == null ? min : Long.parseLong(matcher.group(2));
        if (max < min) {
            throw text.refuse(text.said(key) + " has its greater end first.");
        }
        return new long[] {min, max};
    }
}
