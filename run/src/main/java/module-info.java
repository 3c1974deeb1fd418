/** Serves unmodified programs by supervising their system calls. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.run {
    requires static transitive org.jspecify;
    requires io.pcmshare.share;
    requires io.pcmshare.cards;
}
