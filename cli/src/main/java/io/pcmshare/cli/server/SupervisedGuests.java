package io.pcmshare.cli.server;

import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.run.GuestSetup;
import io.pcmshare.run.GuestSupervisor;
import io.pcmshare.run.OpenGate;
import io.pcmshare.server.guest.GuestDesk;
import io.pcmshare.server.guest.GuestHost;
import io.pcmshare.share.Right;
import io.pcmshare.sys.Fd;

import java.io.IOException;
import java.util.Set;
import java.util.function.IntConsumer;

/** Serves a server's guests by supervising their system calls. Threads: any. */
final class SupervisedGuests implements GuestHost {
    private static final System.Logger LOG = System.getLogger(SupervisedGuests.class.getName());

    @Override
    public Guest take(Fd listener, Set<Right> denied, GuestDesk desk) throws IOException {
        GuestSetup setup =
                new GuestSetup(
                        desk.system(),
                        new Streams(desk),
                        new Gate(desk),
                        denied,
                        desk.audit(),
                        message -> LOG.log(System.Logger.Level.WARNING, message));
        return new Supervised(new GuestSupervisor(listener, setup, desk.clock()));
    }

    private record Streams(GuestDesk desk) implements GuestSupervisor.Streams {
        @Override
        public void opened(PcmFile file, int pid) {
            desk.opened(file, pid);
        }

        @Override
        public void closing(PcmFile file) {
            desk.closing(file);
        }
    }

    private record Gate(GuestDesk desk) implements OpenGate {
        @Override
        public void decide(int pid, PcmDevice device, Right question, IntConsumer answer) {
            desk.decide(pid, question, answer);
        }
    }

    private record Supervised(GuestSupervisor supervisor) implements Guest {
        @Override
        public void run() throws IOException {
            supervisor.run();
        }

        @Override
        public void stop() {
            supervisor.stop();
        }

        @Override
        public void pause(Runnable done) {
            supervisor.pause(done);
        }

        @Override
        public void revoke(Substream stream) {
            supervisor.revoke(stream);
        }

        @Override
        public void close() throws IOException {
            supervisor.close();
        }
    }
}
