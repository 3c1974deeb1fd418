/** The commands. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.cli {
    requires static transitive org.jspecify;
    requires io.pcmshare.server;
    requires io.pcmshare.client;
    requires info.picocli;
}
