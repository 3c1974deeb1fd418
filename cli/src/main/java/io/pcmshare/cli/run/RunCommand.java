package io.pcmshare.cli.run;

import io.pcmshare.cards.CardSpec;
import io.pcmshare.cards.CardSpecException;
import io.pcmshare.cards.RealClock;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.cards.TapFactory;
import io.pcmshare.cli.BadInputException;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.run.StreamLog;
import io.pcmshare.run.Supervisor;
import io.pcmshare.run.SupervisorSetup;
import io.pcmshare.run.TimeKind;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.sys.Spawn;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs a program with sound. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run any program with a sound card that exists only here.",
        description = {
            "",
            "The program, its children and threads find /dev/snd, /proc/asound and what belongs to"
                    + " it, and play and record through ALSA as on any machine: no root, no kernel"
                    + " module, no change to the program."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare run -- aplay hello.wav                      plays, and says how it went",
            "  pcmshare run --record out -- mpg123 song.mp3         what was played, as WAV files",
            "  pcmshare run --mic in.wav -- arecord -d 5 out.wav    records what the file says",
            "  pcmshare run --clock lockstep -- aplay long.wav      as fast as the program can",
            "  pcmshare run --server -- aplay hello.wav             through 'pcmshare serve', mixed"
                    + " with others",
            "  pcmshare run --card loopback -- sh -c 'aplay -D hw:0,0 a.wav & arecord -D hw:0,1"
                    + " b.wav'",
            "",
            "Exit status: that of the program; 127 it was not found; 126 it cannot be run;",
            "2 bad options; 125 programs cannot be supervised here ('pcmshare doctor' says why)."
        })
public final class RunCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private RunOptions options;

    @Parameters(
            paramLabel = "PROGRAM",
            arity = "1..*",
            description = "The program to run and its arguments, behind '--'.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private List<String> program;

    private boolean started;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Path server = options.server();
        return server == null
                ? runAlone(err)
                : StartFailure.status(
                        () ->
                                new GuestRun(server, options.denied(), err)
                                        .run(Spawn.Program.of(CommandBytes.of(program))),
                        err);
    }

    private int runAlone(PrintWriter err) throws IOException {
        boolean lockstep = options.clock() == RunOptions.ClockKind.LOCKSTEP;
        ManualClock virtual = new ManualClock();
        CardClock clock = lockstep ? virtual : new RealClock();
        TimeKind time = lockstep ? new TimeKind.Lockstep(virtual) : new TimeKind.Real(clock);
        StreamLog log = new StreamLog();
        int status;
        try (TraceWriter trace = writer("--trace", options.trace(), err);
                TraceWriter audit = writer("--audit", options.audit(), err);
                SoundSystem system = system(clock, log)) {
            SupervisorSetup setup =
                    new SupervisorSetup(
                            Spawn.Program.of(CommandBytes.of(program)),
                            system,
                            time,
                            log,
                            auditLog(audit),
                            options.denied(),
                            trace,
                            message -> err.println("pcmshare: " + message));
            status = run(setup, err);
        }
        if (started && options.summary()) {
            SummaryText.of(log).forEach(line -> err.println("pcmshare: " + line));
        }
        return status;
    }

    private static @Nullable TraceWriter writer(
            String option, @Nullable String name, PrintWriter err) {
        return name == null ? null : TraceWriter.open(option, name, err);
    }

    private static AuditLog auditLog(@Nullable TraceWriter writer) {
        return writer == null
                ? AuditLog.SILENT
                : AuditLog.lines(line -> writer.accept("time=" + Instant.now() + " " + line));
    }

    private SoundSystem system(CardClock clock, StreamLog log) throws IOException {
        try {
            List<CardSpec> cards = options.cards();
            // measuring what is played costs more than playing it
            TapFactory taps = options.summary() ? log : TapFactory.NONE;
            return SoundSystem.create(cards, clock, MemfdRegions.atKernelOffsets(), taps);
        } catch (CardSpecException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private int run(SupervisorSetup setup, PrintWriter err) throws IOException {
        return StartFailure.status(() -> supervise(setup), err);
    }

    private int supervise(SupervisorSetup setup) throws IOException {
        try (Supervisor supervisor = Supervisor.start(setup)) {
            started = true;
            ForwardedSignals.forward(supervisor::signal);
            return supervisor.run();
        }
    }
}
