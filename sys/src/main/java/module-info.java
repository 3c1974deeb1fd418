/** Linux calls through the foreign-function API. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.sys {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.abi;
    requires jdk.unsupported; // sun.misc.Signal

    exports io.pcmshare.sys;
}
