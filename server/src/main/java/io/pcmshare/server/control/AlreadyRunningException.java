package io.pcmshare.server.control;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** There is a server already where another was to be started; the message is a sentence. */
public final class AlreadyRunningException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private static final int UNKNOWN = -1;

    private final int pid;

    /**
     * Somebody is there.
     *
     * @param pid of the server; -1 where that is not known
     */
    AlreadyRunningException(Path path, int pid) {
        super(
                "a server%s is already running at %s."
                        .formatted(pid == UNKNOWN ? "" : " (pid " + pid + ")", path));
        this.pid = pid;
    }

    /** The process of the server; -1 where that is not known. */
    public int pid() {
        return pid;
    }
}
