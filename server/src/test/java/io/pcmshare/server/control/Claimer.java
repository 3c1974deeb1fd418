package io.pcmshare.server.control;

import java.io.IOException;
import java.nio.file.Path;

/** A server of a test in its own process: claims a path and stays until it is killed. */
final class Claimer {
    private Claimer() {}

    /** Claims the path of the first argument. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        try (ControlSocket socket =
                ControlSocket.open(Path.of(arguments[0]), new FakeControl().control())) {
            System.out.println(socket.path().toString().isEmpty() ? "" : "claimed");
            Thread.currentThread().join();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
