/** The daemon: sessions and what they are granted. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.server {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.share;
    requires transitive io.pcmshare.cards;
    requires org.tomlj;
    requires tools.jackson.core;
    requires jdk.httpserver;
    requires jdk.jfr;
    requires jdk.net;
    requires HdrHistogram;

    exports io.pcmshare.server;
    exports io.pcmshare.server.config;
    exports io.pcmshare.server.control;
    exports io.pcmshare.server.daemon;
    exports io.pcmshare.server.guest;
    exports io.pcmshare.server.monitor;
    exports io.pcmshare.server.patch;
    exports io.pcmshare.server.policy;
}
