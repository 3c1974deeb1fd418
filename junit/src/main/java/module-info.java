/** The test extension. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.junit {
    requires static transitive org.jspecify;
    requires io.pcmshare.run;
    requires io.pcmshare.server;
}
