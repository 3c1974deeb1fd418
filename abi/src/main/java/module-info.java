/** The kernel's sound ABI as values. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.abi {
    requires static transitive org.jspecify;

    exports io.pcmshare.abi;
}
