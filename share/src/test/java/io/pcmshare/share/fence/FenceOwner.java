package io.pcmshare.share.fence;

import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** A process that sends two fences to a socket, signals the first, and then waits to be killed. */
final class FenceOwner {
    private FenceOwner() {}

    public static void main(String[] arguments) throws Exception {
        Party self = new Party("owner");
        FenceSource first = new FenceSource("first", "owner", self);
        FenceSource second = new FenceSource("second", "owner", self);
        try (Arena arena = Arena.ofConfined();
                UnixSocket socket = UnixSocket.connect(Path.of(arguments[0]));
                FenceDescriptor one = FenceDescriptor.of(first.fence());
                FenceDescriptor two = FenceDescriptor.of(second.fence())) {
            int sent = socket.send(arena.allocate(8), 8, one.borrowFd(), two.borrowFd());
            first.signal();
            if (sent == 8) {
                Received end = socket.receive(arena.allocate(8));
                end.closeAll();
            }
        }
    }
}
