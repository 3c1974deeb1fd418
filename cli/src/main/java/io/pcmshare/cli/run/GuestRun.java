package io.pcmshare.cli.run;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.GuestProgram;
import io.pcmshare.server.guest.GuestClient;
import io.pcmshare.server.guest.GuestRefusedException;
import io.pcmshare.share.Right;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.Poll;
import io.pcmshare.sys.Spawn;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;

/** A program that is started here and plays on the streams of a server. Threads: one. */
final class GuestRun {
    private static final int PATIENCE_MILLIS = 2000;
    private static final int FOR_EVER = -1;
    private static final int PROGRAM = 0;
    private static final int SERVER = 1;

    private final Path server;
    private final Set<Right> denied;
    private final PrintWriter err;

    GuestRun(Path server, Set<Right> denied, PrintWriter err) {
        this.server = server;
        this.denied = denied;
        this.err = err;
    }

    /** Runs it: its exit status, or 128 and the number of the signal that ended it. */
    int run(Spawn.Program program) throws IOException {
        try (GuestClient client = connect()) {
            if (client == null) {
                return StartFailure.CANNOT_SUPERVISE;
            }
            try (GuestProgram started = GuestProgram.launch(program)) {
                return handedOver(client, started) ? await(client, started) : withoutSound(started);
            }
        }
    }

    private @Nullable GuestClient connect() throws IOException {
        try {
            return GuestClient.connect(server);
        } catch (GuestRefusedException e) {
            say(e.getMessage());
        } catch (ErrnoException e) {
            boolean nobody = e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED);
            say(
                    nobody
                            ? "no server is running at " + server + "; 'pcmshare serve' starts one."
                            : "the server at " + server + " does not take programs: " + e.errno());
        }
        return null;
    }

    private boolean handedOver(GuestClient client, GuestProgram started) throws IOException {
        try {
            client.handOver(started.borrowListener(), denied);
            started.handedOver();
            started.awaitStart();
            return true;
        } catch (GuestRefusedException e) {
            say(e.getMessage());
        } catch (ErrnoException e) {
            if (e.call().equals("posix_spawnp")) {
                throw e;
            }
            say("the server at " + server + " went away: " + e.getMessage());
        }
        return false;
    }

    /** Nobody answers its calls: it must not go on as if there were no sound. */
    private static int withoutSound(GuestProgram started) {
        started.handedOver();
        try {
            started.awaitStart();
            started.signal(PidFd.SIGKILL);
            var _ = started.collect();
        } catch (IOException e) {
            // it did not even start
        }
        return StartFailure.CANNOT_SUPERVISE;
    }

    /** Until the program has ended, and the server has nobody left to serve. */
    private int await(GuestClient client, GuestProgram started) {
        ForwardedSignals.forward(started::signal);
        Poll both = new Poll(2);
        both.set(PROGRAM, started.borrowEnd(), Poll.POLLIN);
        both.set(SERVER, client.borrowEnd(), Poll.POLLIN);
        do {
            var _ = both.poll(FOR_EVER);
        } while (both.revents(PROGRAM) == 0 && both.revents(SERVER) == 0);
        if (both.revents(PROGRAM) != 0) {
            var _ = started.collect();
            if (Poll.once(client.borrowEnd(), Poll.POLLIN, PATIENCE_MILLIS) == 0) {
                say("the program has ended; waiting for processes that it left behind.");
            }
        }
        if (!client.awaitEnd()) {
            say("the server is gone; sound devices of the program give errors.");
        }
        return started.collect();
    }

    private void say(@Nullable String sentence) {
        err.println("pcmshare: " + sentence);
        err.flush();
    }
}
