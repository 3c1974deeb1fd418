package io.pcmshare.server.control;

import io.pcmshare.server.config.SocketFolder;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A server in another process. Where the connection breaks, calls end with an {@link
 * UncheckedIOException}. Owns the connection. Threads: any, one at a time.
 */
public final class ControlClient implements ServerControl, AutoCloseable {
    /** Of a state with a thousand streams, or a thousand audit entries with long paths. */
    private static final int LONGEST_ANSWER = 32 << 20;

    private final SocketChannel channel;
    private final LineReader lines;
    private final OutputStream out;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.lines = new LineReader(Channels.newInputStream(channel), LONGEST_ANSWER);
        this.out = Channels.newOutputStream(channel);
    }

    /**
     * Connects to a server.
     *
     * @throws java.nio.file.NoSuchFileException where there is no folder
     * @throws java.nio.file.FileSystemException where somebody else could have put a socket there
     * @throws IOException where nobody listens
     */
    public static ControlClient connect(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            SocketFolder.check(folder);
        }
        return new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    /**
     * Sends a request and awaits its answer.
     *
     * @param fields of the request, {@code op} first
     * @return the fields of the answer
     * @throws ControlException where it was not done
     */
    public synchronized Map<String, @Nullable Object> request(
            Map<String, ? extends @Nullable Object> fields) throws ControlException {
        try {
            try {
                send(fields);
            } catch (IOException closed) {
                return receive(); // it may have said why, before it closed
            }
            return receive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Looks at the state again and again. Nothing else can be asked afterwards.
     *
     * @param millis between two looks, 20 to 60000
     * @param more is shown each; whether it wants another
     * @throws ControlException where the server refuses
     * @throws IOException where the connection breaks
     */
    public synchronized void watch(int millis, Predicate<ServerState> more)
            throws ControlException, IOException {
        send(Map.of("op", "watch", "millis", millis));
        boolean again = true;
        while (again) {
            again = more.test(understand(() -> state(receive())));
        }
        channel.close();
    }

    private void send(Map<String, ? extends @Nullable Object> fields) throws IOException {
        out.write((StateJson.text(fields) + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, @Nullable Object> receive() throws IOException, ControlException {
        byte[] line = lines.next();
        if (line == null) {
            throw new EOFException("the server has gone");
        }
        Map<String, @Nullable Object> answer;
        try {
            answer = JsonTree.parse(line);
        } catch (JacksonException e) {
            throw new IOException("the server answers nonsense: " + e.getOriginalMessage(), e);
        }
        if (!Boolean.TRUE.equals(answer.get("ok"))) {
            throw new ControlException(String.valueOf(answer.get("error")));
        }
        return answer;
    }

    private static ServerState state(Map<String, @Nullable Object> answer) {
        return StateReader.read(ServerState.class, answer.get("state"));
    }

    /** Something that reads an answer. */
    private interface Reading<T> {
        T read() throws IOException, ControlException;
    }

    private static <T> T understand(Reading<T> reading) throws IOException, ControlException {
        try {
            return reading.read();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("the server is another version: " + e.getMessage(), e);
        }
    }

    private <T> T ask(Map<String, ?> fields, Function<Map<String, @Nullable Object>, T> reader)
            throws ControlException {
        Map<String, @Nullable Object> answer = request(fields);
        try {
            return understand(() -> reader.apply(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request that cannot be refused, unless the server is broken. */
    private <T> T look(Map<String, ?> fields, Function<Map<String, @Nullable Object>, T> reader) {
        try {
            return ask(fields, reader);
        } catch (ControlException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public ServerState state() {
        return look(Map.of("op", "state"), ControlClient::state);
    }

    @Override
    public List<AuditEntry> audit(long after) {
        return look(
                Map.of("op", "audit", "after", after),
                answer ->
                        answer.get("audit") instanceof List<?> list
                                ? list.stream().map(StateReader::audit).toList()
                                : List.of());
    }

    @Override
    public Waveform waveform(String device) throws ControlException {
        return ask(
                Map.of("op", "waveform", "device", device),
                answer -> StateReader.read(Waveform.class, answer.get("waveform")));
    }

    @Override
    public void volume(long stream, double decibels) throws ControlException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("op", "volume");
        fields.put("stream", stream);
        fields.put("decibels", decibels); // minus infinity becomes null
        request(fields);
    }

    @Override
    public void mute(long stream, boolean muted) throws ControlException {
        request(Map.of("op", "mute", "stream", stream, "muted", muted));
    }

    @Override
    public void move(long stream, String device) throws ControlException {
        request(Map.of("op", "move", "stream", stream, "device", device));
    }

    @Override
    public void revoke(long grant) throws ControlException {
        request(Map.of("op", "revoke", "grant", grant));
    }

    @Override
    public int revokeProcess(int pid) throws ControlException {
        return Math.toIntExact(number(Map.of("op", "revoke-process", "pid", pid), "grants"));
    }

    @Override
    public long grant(String rule) throws ControlException {
        return number(Map.of("op", "grant", "rule", rule), "rule");
    }

    @Override
    public void forget(long rule) throws ControlException {
        request(Map.of("op", "forget", "rule", rule));
    }

    @Override
    public void defaultDevice(String device) throws ControlException {
        request(Map.of("op", "default-device", "device", device));
    }

    @Override
    public int addCard(String spec) throws ControlException {
        return Math.toIntExact(number(Map.of("op", "add-card", "spec", spec), "card"));
    }

    @Override
    public void removeCard(int card) throws ControlException {
        request(Map.of("op", "remove-card", "card", card));
    }

    @Override
    public void reload() throws ControlException {
        request(Map.of("op", "reload"));
    }

    @Override
    public void stop() {
        look(Map.of("op", "stop"), answer -> answer);
    }

    private long number(Map<String, ?> fields, String name) throws ControlException {
        return ask(
                fields,
                answer -> {
                    if (answer.get(name) instanceof Long number) {
                        return number;
                    }
                    throw new IllegalArgumentException("no " + name);
                });
    }

    /** Ends the connection. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
