package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** A process that sends a memory file with 42 in it to a socket, and then waits to be killed. */
final class BufferSender {
    private BufferSender() {}

    public static void main(String[] arguments) throws Exception {
        try (Arena arena = Arena.ofConfined();
                UnixSocket socket = UnixSocket.connect(Path.of(arguments[0]));
                Fd fd = Memfd.create("ring", 4096)) {
            fd.pwrite(arena.allocateFrom(JAVA_INT, 42), 0, Integer.BYTES, 0);
            int sent = socket.send(arena.allocate(8), 8, fd);
            if (sent == 8) {
                Received end = socket.receive(arena.allocate(8));
                end.closeAll();
            }
        }
    }
}
