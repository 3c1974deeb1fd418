package io.pcmshare.server.control;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Somebody who talks to a server: a request a line, an answer a line, in their order. What cannot
 * be understood at all ends it. Owns the channel. Threads: one of its own; {@link #close} and
 * {@link #isStuck} any.
 */
final class ControlConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final long MIN_MILLIS = 20;
    private static final long MAX_MILLIS = 60_000;
    private static final long IDLE = Long.MIN_VALUE;

    private final SocketChannel channel;
    private final ServerControl control;
    private final ControlCalls calls;
    private final LongSupplier clock;
    private final OutputStream out;
    private volatile long writingSince = IDLE;
    private volatile @Nullable Thread thread;

    ControlConnection(SocketChannel channel, ServerControl control, LongSupplier clock) {
        this.channel = channel;
        this.control = control;
        this.calls = new ControlCalls(control);
        this.clock = clock;
        this.out = Channels.newOutputStream(channel);
    }

    /** Answers until the other side has gone. */
    void serve() {
        thread = Thread.currentThread();
        try (this) {
            LineReader lines = new LineReader(Channels.newInputStream(channel), LONGEST_LINE);
            boolean more = true;
            while (more) {
                byte[] line = lines.next();
                more = line != null && answer(line);
            }
        } catch (IOException gone) {
            // it has gone, or sends lines without an end; nobody is left to be told
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers one line; whether another may follow. */
    private boolean answer(byte[] line) throws IOException, InterruptedException {
        ControlRequest request;
        try {
            request = new ControlRequest(JsonTree.parse(line));
        } catch (JacksonException e) {
            write(ControlCalls.refused("this is no request: " + e.getOriginalMessage()));
            return false;
        }
        try {
            switch (request.op()) {
                case "watch" -> {
                    long millis = request.integer("millis", MIN_MILLIS, MAX_MILLIS);
                    request.close();
                    watch(millis);
                }
                case "stop" -> {
                    request.close();
                    write(ControlCalls.done(Map.of())); // as long as there is somebody to say it
                    control.stop();
                }
                default -> write(ControlCalls.done(calls.answer(request)));
            }
        } catch (ControlException e) {
            write(ControlCalls.refused(e.getMessage()));
        } catch (RuntimeException e) { // a fault of ours is to be seen, and to end nothing
            write(ControlCalls.refused("the server failed: " + e));
        }
        return true;
    }

    /** Says the state again and again, until nobody reads it any more. */
    private void watch(long millis) throws IOException, InterruptedException {
        while (true) {
            write(ControlCalls.done(Map.of("state", control.state())));
            Thread.sleep(millis);
        }
    }

    private void write(String line) throws IOException {
        writingSince = clock.getAsLong();
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        writingSince = IDLE;
    }

    /** Whether it has not taken an answer for so long. */
    boolean isStuck(long nanos) {
        long since = writingSince;
        return since != IDLE && clock.getAsLong() - since >= nanos;
    }

    /** Ends it, whatever it is doing. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed all the same
        }
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
    }
}
