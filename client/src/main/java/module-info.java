/** The client API. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.client {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.share;

    exports io.pcmshare.client;
}
