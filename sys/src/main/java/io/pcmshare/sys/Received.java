package io.pcmshare.sys;

import java.util.List;

/**
 * One message from a socket.
 *
 * @param length bytes received; 0 when the peer is gone; or negated errno: EAGAIN (nothing came in
 *     time), ECONNRESET
 * @param fds descriptors that came along; they belong to the receiver, who closes each
 * @param truncated whether bytes or descriptors were lost for want of room; {@code fds} is empty
 *     then, what came has been closed
 */
public record Received(int length, List<Fd> fds, boolean truncated) {
    public Received {
        fds = List.copyOf(fds);
    }

    /** Closes every descriptor that came along, for a message that is refused. */
    public void closeAll() {
        fds.forEach(Fd::close);
    }
}
