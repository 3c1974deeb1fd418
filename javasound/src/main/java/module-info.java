/** The Java Sound provider. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.javasound {
    requires static transitive org.jspecify;
    requires io.pcmshare.client;
}
