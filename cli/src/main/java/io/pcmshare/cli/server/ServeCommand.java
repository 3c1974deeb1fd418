package io.pcmshare.cli.server;

import io.pcmshare.cli.BadInputException;
import io.pcmshare.cli.Version;
import io.pcmshare.server.config.CardConfig;
import io.pcmshare.server.config.ConfigException;
import io.pcmshare.server.config.DefaultPaths;
import io.pcmshare.server.config.MonitorConfig;
import io.pcmshare.server.config.ServerConfig;
import io.pcmshare.server.control.AlreadyRunningException;
import io.pcmshare.server.control.ControlException;
import io.pcmshare.server.control.ControlSocket;
import io.pcmshare.server.daemon.ClientSocket;
import io.pcmshare.server.daemon.Daemon;
import io.pcmshare.server.guest.GuestSocket;
import io.pcmshare.server.monitor.MonitorServer;
import io.pcmshare.sys.ServiceManager;
import io.pcmshare.sys.Signals;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs a sound server until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Run a sound server: many programs share the cards, as far as they may.",
        description = {
            "",
            "It stays in the foreground. SIGTERM and Ctrl-C let what is queued be heard and end it,"
                + " SIGHUP has it read its file again: streams that stay allowed do not notice.",
            "Without a file the machine's cards are served, or one that plays nowhere; the user who"
                    + " started it may play and record, and nobody else."
        },
        footer = {
            "",
            "Examples:",
            "  pcmshare serve                                    the machine's cards",
            "  pcmshare serve --card wav:out=mix.wav             record everything that is played",
            "  pcmshare serve --config server.toml               what the file says",
            "  pcmshare serve --monitor                          with a web page at port 7262",
            "",
            "Then, in another terminal:",
            "  pcmshare play hello.wav; pcmshare clients; pcmshare top",
            "",
            "Every key of the file: docs/serve.md.",
            "",
            "Exit status: 0 ended as told; 1 a card or the socket failed; 2 bad input, or a server"
                    + " is running already."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int MAX_PORT = 65_535;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "What to be, in TOML; by default $XDG_CONFIG_HOME/pcmshare/server.toml, if"
                            + " there is such a file.")
    private @Nullable Path file;

    @Option(
            names = "--card",
            paramLabel = "KIND[:KEY=VALUE,...]",
            description = "A card, instead of those of the file; as for 'run --card'. Repeatable.")
    private List<String> cards = new ArrayList<>();

    @Option(
            names = "--check",
            description = "Only read the file, say everything that is wrong with it, and end.")
    private boolean check;

    @Option(
            names = "--monitor",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "" + MonitorServer.USUAL_PORT,
            description =
                    "Show a web page, and numbers for Prometheus, to those who know the token that"
                            + " is printed; this machine only, unless the file says otherwise."
                            + " Without PORT ${FALLBACK-VALUE}; 0 for any that is free.")
    private @Nullable Integer monitor;

    @Option(
            names = "--monitor-token",
            paramLabel = "FILE",
            description =
                    "The page's token, for the same address every time; the file is written where"
                            + " there is none.")
    private @Nullable Path token;

    /** Made by {@code Main}. */
    public ServeCommand() {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            ServerConfig config = config();
            if (check) {
                spec.commandLine().getOut().println("Nothing is wrong with it.");
                return 0;
            }
            serve(config, err);
            return 0;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return BAD_INPUT;
        } catch (AlreadyRunningException e) {
            err.println("pcmshare: " + e.getMessage());
            return BAD_INPUT;
        } catch (ControlException e) {
            err.println("pcmshare: " + e.getMessage());
            return BAD_INPUT;
        } catch (IOException e) {
            err.println("pcmshare: " + e.getMessage());
            return FAILED;
        }
    }

    /** What to be: the file's word, then the options'. */
    private ServerConfig config() throws ConfigException {
        Path usual = DefaultPaths.ofProcess().config();
        Path read = file == null && Files.exists(usual) ? usual : file;
        ServerConfig config =
                withMonitor(read == null ? ServerConfig.defaults() : ServerConfig.read(read));
        if (cards.isEmpty()) {
            return config;
        }
        try {
            return config.withCards(cards.stream().map(CardConfig::of).toList());
        } catch (io.pcmshare.cards.CardSpecException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private ServerConfig withMonitor(ServerConfig config) {
        MonitorConfig said = config.monitor();
        if (monitor == null && token == null) {
            return config;
        }
        if (monitor == null && said == null) {
            throw new BadInputException("--monitor-token needs --monitor.");
        }
        if (monitor != null && (monitor < 0 || monitor > MAX_PORT)) {
            throw new BadInputException(
                    "--monitor=" + monitor + " is no port, 0 to " + MAX_PORT + " are.");
        }
        return config.withMonitor(
                new MonitorConfig(
                        monitor != null ? monitor : said == null ? 0 : said.port(),
                        said == null ? MonitorConfig.LOCAL : said.address(),
                        token == null && said != null ? said.tokenFile() : token));
    }

    private static @Nullable MonitorServer monitor(
            ServerConfig config, Daemon daemon, PrintWriter err) throws IOException {
        MonitorConfig said = config.monitor();
        if (said == null) {
            return null;
        }
        MonitorServer page = MonitorServer.open(said, daemon.control());
        err.println("pcmshare: the monitor is at " + page.url());
        if (!page.isLocal()) {
            err.println(
                    "pcmshare: other machines reach it, and its token passes unencrypted;"
                            + " docs/monitor.md says how to put TLS in front of it.");
        }
        err.flush();
        return page;
    }

    private void serve(ServerConfig config, PrintWriter err) throws IOException, ControlException {
        ServiceManager manager = ServiceManager.ofProcess();
        try (ClientSocket socket = ClientSocket.open(config.places().socket(), manager);
                Daemon daemon =
                        new Daemon(
                                new Daemon.Setup(
                                        Version.NUMBER,
                                        config,
                                        socket.socket(),
                                        socket.file(),
                                        this::config));
                GuestSocket _ =
                        GuestSocket.open(
                                config.places().guests(), daemon.guests(), new SupervisedGuests());
                ControlSocket _ = ControlSocket.open(config.places().control(), daemon.control());
                MonitorServer _ = monitor(config, daemon, err)) {
            for (String name : new String[] {"TERM", "INT"}) {
                var _ = Signals.handle(name, number -> end(daemon, manager));
            }
            var _ = Signals.handle("HUP", number -> reload(daemon, manager, err));
            Thread.ofVirtual()
                    .start(
                            () -> {
                                // the first answer says that it runs
                                int devices = daemon.control().state().devices().size();
                                err.println(
                                        "pcmshare: serving "
                                                + devices
                                                + (devices == 1 ? " device at " : " devices at ")
                                                + (socket.file() == null
                                                        ? "the socket that was handed over"
                                                        : socket.file()));
                                err.flush();
                                tell(manager::ready);
                            });
            daemon.run();
        }
    }

    private static void end(Daemon daemon, ServiceManager manager) {
        tell(manager::stopping);
        daemon.control().stop();
    }

    private static void reload(Daemon daemon, ServiceManager manager, PrintWriter err) {
        tell(manager::reloading);
        try {
            daemon.control().reload();
            err.println("pcmshare: the configuration was read again.");
        } catch (ControlException e) {
            err.println("pcmshare: the old configuration stays:\n" + e.getMessage());
        }
        err.flush();
        tell(manager::ready);
    }

    @FunctionalInterface
    private interface Word {
        boolean say() throws IOException;
    }

    /** A manager that does not listen is no reason not to play. */
    private static void tell(Word word) {
        try {
            var _ = word.say();
        } catch (IOException e) {
            System.getLogger(ServeCommand.class.getName())
                    .log(System.Logger.Level.WARNING, "The service manager: {0}", e.getMessage());
        }
    }
}
