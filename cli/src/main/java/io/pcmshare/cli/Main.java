package io.pcmshare.cli;

import io.pcmshare.cli.demo.DemoClientCommand;
import io.pcmshare.cli.demo.DemoCommand;
import io.pcmshare.cli.demo.DemoServerCommand;
import io.pcmshare.cli.demo.TrainCommand;
import io.pcmshare.cli.doctor.DoctorCommand;
import io.pcmshare.cli.grants.GrantsCommand;
import io.pcmshare.cli.play.PlayCommand;
import io.pcmshare.cli.play.RecordCommand;
import io.pcmshare.cli.run.RunCommand;
import io.pcmshare.cli.server.AuditCommand;
import io.pcmshare.cli.server.ClientsCommand;
import io.pcmshare.cli.server.DevicesCommand;
import io.pcmshare.cli.server.GrantCommand;
import io.pcmshare.cli.server.MoveCommand;
import io.pcmshare.cli.server.ReloadCommand;
import io.pcmshare.cli.server.RevokeCommand;
import io.pcmshare.cli.server.ServeCommand;
import io.pcmshare.cli.server.StopCommand;
import io.pcmshare.cli.server.TopCommand;
import io.pcmshare.cli.server.VolumeCommand;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

import java.util.Objects;

/** The command {@code pcmshare}. */
@Command(
        name = "pcmshare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Sound for programs that have no sound card, or must not be trusted with one.",
        description = {
            "",
            "PcmShare is ALSA's PCM layer in user space: it gives each program exactly the piece of"
                    + " a sound stream it may touch.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Help for one command: pcmshare help COMMAND.",
            "Shell completion:     source <(pcmshare completion)",
            "",
            "Environment:",
            "  PCMSHARE_JAVA_HOME  the JDK to run with, 25 or newer; found by itself otherwise",
            "",
            "Exit status: 0 done; 1 it ran, and the outcome is not as it should be; 2 bad input."
        })
public final class Main implements Runnable {
    /** Bad input: nothing was done. */
    public static final int BAD_INPUT = 2;

    private static final int USAGE_COLUMNS = 100;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandLine.Model.CommandSpec spec;

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line for these arguments. For {@code run}, where every millisecond is waited for,
     * it knows no other command: reading what all of them can do takes longer than the rest.
     */
    public static CommandLine commandLine(String[] arguments) {
        boolean runs = arguments.length > 0 && arguments[0].equals("run");
        return runs ? with(new RunCommand()) : commandLine();
    }

    /** The whole command line. */
    public static CommandLine commandLine() {
        return with(
                new RunCommand(),
                new ServeCommand(),
                new PlayCommand(),
                new RecordCommand(),
                new TopCommand(),
                new DevicesCommand(),
                new ClientsCommand(),
                new GrantsCommand(),
                new GrantCommand(),
                new RevokeCommand(),
                new VolumeCommand(),
                new MoveCommand(),
                new AuditCommand(),
                new ReloadCommand(),
                new StopCommand(),
                new DoctorCommand(),
                new DemoCommand(),
                new DemoServerCommand(),
                new DemoClientCommand(),
                new TrainCommand(),
                new HelpCommand(),
                new Completion());
    }

    private static CommandLine with(Object... commands) {
        CommandLine commandLine = new CommandLine(new Main());
        for (Object command : commands) {
            commandLine.addSubcommand(command);
        }
        commandLine.setUsageHelpWidth(USAGE_COLUMNS);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // what stands behind the program's name is the program's, with or without "--"
        Objects.requireNonNull(commandLine.getSubcommands().get("run")).setStopAtPositional(true);
        CommandLine volume = commandLine.getSubcommands().get("volume");
        if (volume != null) {
            volume.setUnmatchedOptionsArePositionalParams(true); // -6 is a volume
        }
        commandLine.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    if (failure instanceof BadInputException) {
                        command.getErr().println("pcmshare: " + failure.getMessage());
                        return BAD_INPUT;
                    }
                    throw failure;
                });
        return commandLine;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Which command? 'pcmshare --help' lists them.");
    }

    /** Prints a completion script for bash and zsh. */
    @Command(
            name = "completion",
            header = "Print a completion script for bash or zsh.",
            description = "Use it with:  source <(pcmshare completion)")
    static final class Completion implements Runnable {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before run()
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            CommandLine root = spec.root().commandLine();
            root.getOut().println(AutoComplete.bash("pcmshare", root));
            root.getOut().flush();
        }
    }
}
