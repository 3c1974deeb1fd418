package io.pcmshare.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code pcmshare --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "pcmshare 0.1.0 (Java " + Runtime.version() + ", " + System.getProperty("os.arch") + ")"
        };
    }
}
