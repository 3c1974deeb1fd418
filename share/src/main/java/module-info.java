/** What leaves the process. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.share {
    requires static transitive org.jspecify;
    requires jdk.jfr;
    requires transitive io.pcmshare.core;
    requires transitive io.pcmshare.sys;

    exports io.pcmshare.share.audit;
    exports io.pcmshare.share.buffer;
    exports io.pcmshare.share.fence;
    exports io.pcmshare.share.owner;
    exports io.pcmshare.share.wire;
    exports io.pcmshare.share;
}
