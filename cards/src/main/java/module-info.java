/** Things to play on. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.cards {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.core;
    requires transitive io.pcmshare.mix;
    requires transitive io.pcmshare.sys;

    exports io.pcmshare.cards;
}
