/** Serves unmodified programs by supervising their system calls. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.run {
    requires static transitive org.jspecify;
    requires jdk.jfr;
    requires transitive io.pcmshare.share;
    requires transitive io.pcmshare.cards;

    exports io.pcmshare.run;
    exports io.pcmshare.run.probe;
}
