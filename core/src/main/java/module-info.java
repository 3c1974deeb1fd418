/** ALSA's PCM layer in Java. */
@org.jspecify.annotations.NullMarked
module io.pcmshare.core {
    requires static transitive org.jspecify;
    requires transitive io.pcmshare.abi;

    exports io.pcmshare.core.clock;
    exports io.pcmshare.core.ctl;
    exports io.pcmshare.core.params;
    exports io.pcmshare.core.pcm;
    exports io.pcmshare.core.timer;
    exports io.pcmshare.core.user;
}
