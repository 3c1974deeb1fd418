package io.pcmshare.cli.play;

import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormat;
import io.pcmshare.cards.WavFormatException;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.client.PlaybackStream;
import io.pcmshare.client.StreamOptions;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Plays files on a server. */
@Command(
        name = "play",
        mixinStandardHelpOptions = true,
        header = "Play WAV files on a running server.",
        description = {
            "",
            "The server makes of any format, rate and number of channels what its device plays."
                    + " When it ends and comes back, playing goes on where it was."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare play hello.wav",
            "  pcmshare play -D 1 --volume -6 a.wav b.wav",
            "",
            "Exit status: 0 everything was played; 2 it could not be."
        })
public final class PlayCommand implements Callable<Integer> {
    private static final long PIECE_FRAMES = 4096;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Mixin private final StreamTarget target = new StreamTarget();

    @Option(
            names = "--volume",
            paramLabel = "DB",
            defaultValue = "0",
            description = "0 as it comes, -6 about half as loud; at most 20.")
    private double volume;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "WAV files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private List<Path> files;

    /** Made by {@code Main}. */
    public PlayCommand() {}

    @Override
    public Integer call() {
        for (Path file : files) {
            play(file);
        }
        return 0;
    }

    private void play(Path file) {
        try (WavFile wav = WavFile.open(file)) {
            WavFormat format = wav.format();
            StreamOptions options =
                    target.apply(
                            StreamOptions.playback(
                                    format.format(), format.channels(), format.rate()));
            try (PlaybackStream stream =
                    PlaybackStream.open(target.path(), options, target.patienceNanos())) {
                play(file, wav, stream);
            } catch (IOException e) {
                throw target.explain(e);
            }
        } catch (WavFormatException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new BadInputException("there is no file " + file + ".", e);
        } catch (IOException e) {
            throw new BadInputException("cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private void play(Path file, WavFile wav, PlaybackStream stream) throws IOException {
        if (volume != 0) {
            stream.volume(false, volume);
        }
        PrintWriter err = spec.commandLine().getErr();
        long frameBytes = wav.format().frameBytes();
        long frames = wav.frames();
        for (long done = 0; done < frames; ) {
            long piece = Math.min(PIECE_FRAMES, frames - done);
            stream.write(wav.samples(), done * frameBytes, piece);
            done += piece;
            if (target.showsProgress()) {
                err.print(progress(file, done, frames, wav.format().rate()));
                err.flush();
            }
        }
        stream.drain();
        if (target.showsProgress()) {
            err.print("\r\033[K");
            err.flush();
        }
        report(file, stream);
    }

    private static String progress(Path file, long done, long frames, int rate) {
        return String.format(
                Locale.ROOT,
                "\r\033[K%s  %.1f of %.1f s",
                file.getFileName(),
                (double) done / rate,
                (double) frames / rate);
    }

    private void report(Path file, PlaybackStream stream) {
        PrintWriter out = spec.commandLine().getOut();
        if (target.json()) {
            out.println(Outcome.json(file, stream.written(), stream));
        } else if (!target.isQuiet() && stream.xruns() + stream.reconnects() > 0) {
            out.println(file + ": " + Outcome.text(stream));
        }
        out.flush();
    }
}
