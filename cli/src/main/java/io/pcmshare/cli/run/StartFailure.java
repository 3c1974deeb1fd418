package io.pcmshare.cli.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.SupervisionException;
import io.pcmshare.sys.ErrnoException;

import java.io.IOException;
import java.io.PrintWriter;

/** What is said, and with which status, where a program does not even start. */
final class StartFailure {
    /** Programs cannot be supervised here, or not by that server. */
    static final int CANNOT_SUPERVISE = 125;

    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;

    private StartFailure() {}

    /** Runs a program. */
    @FunctionalInterface
    interface Run {
        int status() throws IOException;
    }

    /** The status of a run, or that of its failure. */
    static int status(Run run, PrintWriter err) throws IOException {
        try {
            return run.status();
        } catch (SupervisionException e) {
            err.println("pcmshare: " + e.getMessage());
            return CANNOT_SUPERVISE;
        } catch (ErrnoException e) {
            if (!e.call().equals("posix_spawnp")) {
                throw e;
            }
            String name = e.detail().replaceFirst("^file=", "");
            boolean missing = e.is(Errno.ENOENT);
            err.println(
                    "pcmshare: "
                            + name
                            + (missing ? ": no such program." : ": cannot be run: " + e.errno()));
            return missing ? NOT_FOUND : CANNOT_RUN;
        }
    }
}
