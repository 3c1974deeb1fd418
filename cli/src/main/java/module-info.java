/** The commands. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.cli {
    requires static org.jspecify;
    requires io.pcmshare.run;
    requires io.pcmshare.server;
    requires io.pcmshare.client;
    requires info.picocli;
    requires HdrHistogram;
    requires org.jline.terminal;
    requires tools.jackson.core;

    opens io.pcmshare.cli to
            info.picocli;
    opens io.pcmshare.cli.grants to
            info.picocli;
    opens io.pcmshare.cli.play to
            info.picocli;
    opens io.pcmshare.cli.run to
            info.picocli;
    opens io.pcmshare.cli.doctor to
            info.picocli;
    opens io.pcmshare.cli.server to
            info.picocli;
    opens io.pcmshare.cli.demo to
            info.picocli;
}
