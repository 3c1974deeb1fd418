package io.pcmshare.cli.play;

import io.pcmshare.abi.PcmFormat;
import io.pcmshare.cards.WavFormat;
import io.pcmshare.cards.WavRecorder;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.client.CaptureStream;
import io.pcmshare.client.StreamOptions;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Signals;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Records a file from a server. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        header = "Record a WAV file from a running server.",
        description = {
            "",
            "From a microphone, or with --monitor what a device plays, which takes a rule of the"
                + " policy. It ends after --seconds, or with Ctrl-C; the file is whole either way."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare record --seconds 5 hello.wav",
            "  pcmshare grant --class programs --for 10m && pcmshare record --monitor"
                    + " what-plays.wav",
            "",
            "Exit status: 0 recorded; 2 it could not be."
        })
public final class RecordCommand implements Callable<Integer> {
    private static final int PIECES_PER_SECOND = 20;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Mixin private final StreamTarget target = new StreamTarget();

    @Option(
            names = {"-s", "--seconds"},
            paramLabel = "SECONDS",
            description = "How long. Default: until Ctrl-C.")
    private double seconds;

    @Option(
            names = {"-f", "--format"},
            defaultValue = "S16_LE",
            description = "Of a sample: U8, S16_LE, S24_3LE, S32_LE, FLOAT_LE ... Default: S16_LE.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private PcmFormat format;

    @Option(
            names = {"-c", "--channels"},
            defaultValue = "2",
            description = "Samples in a frame. Default: 2.")
    private int channels;

    @Option(
            names = {"-r", "--rate"},
            defaultValue = "48000",
            description = "Frames a second. Default: 48000.")
    private int rate;

    @Option(names = "--monitor", description = "Record what the device plays.")
    private boolean monitor;

    @Parameters(paramLabel = "FILE", description = "The WAV file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    private volatile boolean interrupted;

    /** Made by {@code Main}. */
    public RecordCommand() {}

    @Override
    public Integer call() {
        WavFormat wav;
        StreamOptions options;
        try {
            wav = new WavFormat(format, channels, rate);
            options =
                    target.apply(
                            monitor
                                    ? StreamOptions.monitor(format, channels, rate)
                                    : StreamOptions.capture(format, channels, rate));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    "a WAV file holds no "
                            + format
                            + " with "
                            + channels
                            + " channels at "
                            + rate
                            + " Hz; formats: "
                            + WavFormat.formats()
                            + ".",
                    e);
        }
        try (CaptureStream stream =
                CaptureStream.open(target.path(), options, target.patienceNanos())) {
            for (String name : new String[] {"INT", "TERM"}) {
                var _ = Signals.handle(name, number -> interrupted = true);
            }
            record(wav, stream);
        } catch (IOException e) {
            throw target.explain(e);
        }
        return 0;
    }

    private void record(WavFormat wav, CaptureStream stream) throws IOException {
        long frames = seconds > 0 ? Math.round(seconds * rate) : Long.MAX_VALUE;
        long done = 0;
        PrintWriter err = spec.commandLine().getErr();
        try (WavRecorder recorder = open(wav);
                Arena arena = Arena.ofConfined()) {
            long most = Math.max(1, rate / PIECES_PER_SECOND);
            MemorySegment piece = arena.allocate(most * wav.frameBytes());
            while (done < frames && !interrupted && !recorder.hasFailed()) {
                long now = Math.min(most, frames - done);
                stream.read(piece, 0, now);
                recorder.write(piece, 0, now * wav.frameBytes());
                done += now;
                if (target.showsProgress()) {
                    err.print(
                            String.format(
                                    Locale.ROOT,
                                    "\r\033[K%.1f s  Ctrl-C ends it",
                                    (double) done / rate));
                    err.flush();
                }
            }
        }
        if (target.showsProgress()) {
            err.print("\r\033[K");
            err.flush();
        }
        report(done, stream);
    }

    private WavRecorder open(WavFormat wav) {
        try {
            return new WavRecorder(file, wav);
        } catch (ErrnoException e) {
            throw new BadInputException("cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private void report(long frames, CaptureStream stream) {
        PrintWriter out = spec.commandLine().getOut();
        if (target.json()) {
            out.println(Outcome.json(file, frames, stream));
        } else if (!target.isQuiet()) {
            out.printf(
                    Locale.ROOT,
                    "%s: %.2f s%s%n",
                    file,
                    (double) frames / rate,
                    stream.xruns() + stream.reconnects() > 0 ? ", " + Outcome.text(stream) : "");
        }
        out.flush();
    }
}
