package io.pcmshare.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code pcmshare --version} prints. */
public final class Version implements IVersionProvider {
    /** Without the name. */
    public static final String NUMBER = "0.1.0";

    /** Made by {@code Main}. */
    public Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {
            "pcmshare "
                    + NUMBER
                    + " (Java "
                    + Runtime.version()
                    + ", "
                    + System.getProperty("os.arch")
                    + ")"
        };
    }
}
