package io.pcmshare.cli.demo;

import io.pcmshare.cards.WavFile;
import io.pcmshare.cards.WavFormatException;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.cli.Main;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** An untrusted program plays through an anonymous PCM descriptor; the judge looks on. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header =
                "An untrusted program plays straight into a sound card's ring, and can do nothing"
                        + " else.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        description = {
            "A server process owns a card whose output is a WAV file. It makes an anonymous dup of"
                + " the substream with few permissions and passes the descriptor to a client"
                + " process, which has given up files, network, other programs and other processes"
                + " before. The client first tries what it must not be able to do, then plays FILE"
                + " into the ring: the server copies nothing. In the end the recording is compared"
                + " with FILE, sample for sample.",
            ""
        },
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:PASS: everything was refused, and everything heard, as it should be",
            "1:something differed; the last line says what",
            "2:bad input: no WAV file, a format the card refuses, a recording that cannot be"
                    + " written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pcmshare demo",
            "  pcmshare demo --permission buffer music.wav",
            "  pcmshare demo --revoke --clock lockstep music.wav"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String SHIPPED = "/io/pcmshare/cli/demo/demo.wav";

    /** What the two processes may take beyond the length of the file. */
    private static final int GRACE_SECONDS = 60;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.wav",
            description =
                    "What to play; any format that the card takes. Default: a short recording"
                            + " that comes with PcmShare.")
    private @Nullable Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DemoOptions options;

    /** How it ends before the file does. */
    static final class Ending {
        @Option(
                names = "--kill",
                description =
                        "Kill the client half-way: the ring has to be silent within one period,"
                                + " and the substream free.")
        private boolean kill;

        @Option(
                names = "--revoke",
                description =
                        "Take the grant back half-way: from then on the recording has to be"
                                + " silence, although the client still writes.")
        private boolean revoke;
    }

    @ArgGroup(exclusive = true)
    private @Nullable Ending ending;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "REC.wav",
            description = "Keep the recording.")
    private @Nullable Path out;

    private final List<Process> processes = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("pcmshare-demo-");
        Thread cleaner = new Thread(() -> cleanUp(folder), "pcm-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        Path played = file == null ? unpack(folder) : file;
        Path recording = out == null ? folder.resolve("recording.wav") : out;
        try (WavFile wav = openForPeople(played)) {
            requireDistinct(played, recording);
            String name = file == null ? "the recording shipped with PcmShare" : file.toString();
            return run(
                    new DemoRun(name, played, recording, folder, options, isKill(), isRevoke()),
                    wav);
        }
    }

    private boolean isKill() {
        return ending != null && ending.kill;
    }

    private boolean isRevoke() {
        return ending != null && ending.revoke;
    }

    private int run(DemoRun run, WavFile wav) throws IOException, InterruptedException {
        DemoReport report = new DemoReport(System.out, run, wav);
        report.begin();
        Process server = start(run.serverArguments());
        Notes serverNotes = new Notes("server", server.getInputStream());
        if (serverNotes.await("ready").isEmpty()) {
            return server.waitFor() == Main.BAD_INPUT ? Main.BAD_INPUT : report.broken("server");
        }
        Process client = start(run.clientArguments(serverNotes.await("serverPid")));
        Notes clientNotes = new Notes("client", client.getInputStream());
        long killedNanos = 0;
        if (run.kill() && !serverNotes.await("half").isEmpty()) {
            killedNanos = System.nanoTime();
            client.destroyForcibly();
        }
        long seconds = wav.frames() / wav.format().rate() + GRACE_SECONDS;
        boolean ended =
                client.waitFor(seconds, TimeUnit.SECONDS)
                        && server.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            processes.forEach(Process::destroyForcibly);
            return report.broken("one of the processes did not end, it");
        }
        serverNotes.awaitEnd();
        clientNotes.awaitEnd();
        if (server.exitValue() == Main.BAD_INPUT) {
            return Main.BAD_INPUT;
        }
        if (server.exitValue() != 0) {
            return report.broken("server");
        }
        if (client.exitValue() != 0 && !run.kill()) {
            return report.broken("client");
        }
        return report.judge(serverNotes, clientNotes, killedNanos);
    }

    private Process start(List<String> arguments) throws IOException {
        Process process = JavaProcess.start(arguments);
        processes.add(process);
        return process;
    }

    private static Path unpack(Path folder) throws IOException {
        Path unpacked = folder.resolve("demo.wav");
        try (InputStream shipped =
                Objects.requireNonNull(DemoCommand.class.getResourceAsStream(SHIPPED), SHIPPED)) {
            Files.copy(shipped, unpacked);
        }
        return unpacked;
    }

    private static WavFile openForPeople(Path path) throws IOException {
        try {
            if (Files.isDirectory(path)) {
                throw new BadInputException(path + " is a folder, not a WAV file.");
            }
            WavFile wav = WavFile.open(path);
            if (wav.frames() == 0) {
                wav.close();
                throw new BadInputException(path + " holds no samples.");
            }
            return wav;
        } catch (WavFormatException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new BadInputException("no such file: " + path + ".", e);
        } catch (AccessDeniedException e) {
            throw new BadInputException("may not read " + path + ".", e);
        }
    }

    private static void requireDistinct(Path played, Path recording) throws IOException {
        if (Files.exists(recording) && Files.isSameFile(played, recording)) {
            throw new BadInputException(
                    "the recording would overwrite what it is to be compared with: "
                            + recording
                            + ".");
        }
    }

    /** Ends the processes and removes the folder, however this process ends. */
    private void cleanUp(Path folder) {
        processes.forEach(Process::destroyForcibly);
        try (var files = Files.list(folder)) {
            for (Path left : files.toList()) {
                Files.delete(left);
            }
            Files.delete(folder);
        } catch (IOException e) {
            System.err.println("pcmshare: could not remove " + folder + ": " + e.getMessage());
        }
    }
}
