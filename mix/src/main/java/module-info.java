/** Conversion, mixing, resampling, volume. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.mix {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.abi;

    exports io.pcmshare.mix;
}
