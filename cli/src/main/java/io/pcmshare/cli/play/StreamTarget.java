package io.pcmshare.cli.play;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.client.DeniedException;
import io.pcmshare.client.DisconnectedException;
import io.pcmshare.client.StreamOptions;
import io.pcmshare.server.config.DefaultPaths;
import io.pcmshare.sys.ErrnoException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which server, which device, and how. */
public final class StreamTarget {
    private static final int PERIODS_PER_SECOND = 20;
    private static final int BUFFERS_PER_SECOND = 2;

    private static final Pattern DEVICE =
            Pattern.compile("(\\d{1,4})(?:,(\\d{1,4}))?(?::(?:playback|capture))?");

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The server's socket. Default: $$PCMSHARE_SOCKET, else"
                            + " $$XDG_RUNTIME_DIR/pcmshare/socket.")
    private @Nullable Path socket;

    @Option(
            names = {"-D", "--device"},
            paramLabel = "CARD[,DEVICE]",
            description =
                    "Which device, as 'pcmshare devices' lists them. Default: the default one.")
    private @Nullable String device;

    @Option(names = "--low-latency", description = "As little ahead of what is heard as can be.")
    private boolean lowLatency;

    @Option(names = "--exclusive", description = "The device alone, without anything between.")
    private boolean exclusive;

    @Option(
            names = "--period",
            paramLabel = "FRAMES",
            description = "How often to be woken. Default: 20 times a second.")
    private int period;

    @Option(
            names = "--buffer",
            paramLabel = "FRAMES",
            description = "How much to be ahead. Default: half a second.")
    private int buffer;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a server that has gone may take to come back. Default: 10.")
    private long patienceSeconds;

    @Option(names = "--json", description = "Say what became of it as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing that is no error.")
    private boolean quiet;

    /** Made by picocli. */
    public StreamTarget() {}

    Path path() {
        return socket == null ? DefaultPaths.ofProcess().socket() : socket;
    }

    boolean json() {
        return json;
    }

    /** Whether somebody looks who wants to see how far it is. */
    boolean showsProgress() {
        return !quiet
                && !json
                && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    boolean isQuiet() {
        return quiet;
    }

    long patienceNanos() {
        return Math.multiplyExact(Math.max(0, patienceSeconds), 1_000_000_000L);
    }

    StreamOptions apply(StreamOptions wanted) {
        if (lowLatency && exclusive) {
            throw new BadInputException("--low-latency and --exclusive exclude each other.");
        }
        StreamOptions.Mode mode =
                exclusive
                        ? StreamOptions.Mode.EXCLUSIVE
                        : lowLatency ? StreamOptions.Mode.LOW_LATENCY : StreamOptions.Mode.SHARED;
        if (period < 0 || buffer < 0) {
            throw new BadInputException("--period and --buffer are frames, at least 1.");
        }
        // a file is in no hurry: half a second ahead, it is never late
        boolean easy = mode == StreamOptions.Mode.SHARED && period == 0 && buffer == 0;
        return wanted.with(mode)
                .with(
                        easy ? wanted.rate() / PERIODS_PER_SECOND : period,
                        easy ? wanted.rate() / BUFFERS_PER_SECOND : buffer)
                .on(deviceNumber());
    }

    private int deviceNumber() {
        String text = device;
        if (text == null) {
            return StreamOptions.ANY_DEVICE;
        }
        Matcher matcher = DEVICE.matcher(text);
        if (!matcher.matches()) {
            throw new BadInputException(
                    "\"" + text + "\" is no device: say CARD or CARD,DEVICE, such as 0,0.");
        }
        int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return StreamOptions.deviceOf(Integer.parseInt(matcher.group(1)), number);
    }

    /** What went wrong, in a sentence that says what can be done. */
    BadInputException explain(IOException failure) {
        String sentence =
                switch (failure) {
                    case DeniedException denied ->
                            switch (denied.errno()) {
                                case EACCES, EPERM ->
                                        "the server's policy does not allow it; 'pcmshare audit'"
                                                + " says which rule.";
                                case EBUSY ->
                                        "the device is in use; 'pcmshare clients' says by whom.";
                                case ENODEV ->
                                        "the server has no such device; 'pcmshare devices' lists"
                                                + " them.";
                                case EINVAL -> "the server cannot do that with this device.";
                                case EMFILE, EAGAIN -> "the server has too many clients.";
                                default -> String.valueOf(denied.getMessage());
                            };
                    case DisconnectedException gone -> gone.getMessage() + ".";
                    case ErrnoException e ->
                            "no server answers at "
                                    + path()
                                    + " ("
                                    + e.getMessage()
                                    + "); 'pcmshare serve' starts one.";
                    default -> String.valueOf(failure.getMessage());
                };
        return new BadInputException(sentence, failure);
    }
}
