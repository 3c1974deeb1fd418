package io.pcmshare.bench;

import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.NullCard;
import io.pcmshare.core.clock.ManualClock;
import io.pcmshare.core.params.HwParamSpace;
import io.pcmshare.core.pcm.Card;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.buffer.BufferResult;
import io.pcmshare.share.buffer.ShareBuffer;
import io.pcmshare.share.buffer.ShareBuffers;
import io.pcmshare.share.fence.FenceDescriptor;
import io.pcmshare.share.fence.FenceSource;
import io.pcmshare.share.fence.Party;
import io.pcmshare.share.owner.Grant;
import io.pcmshare.share.owner.MemfdRegions;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.Memfd;
import io.pcmshare.sys.Received;
import io.pcmshare.sys.UnixSocket;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * What an owner in Java pays to give a ring away and a client to map it, beside a plain memory
 * file; and what a fence costs that others poll.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShareBenchmark {
    private static final int READ_WRITE = Mapping.PROT_READ | Mapping.PROT_WRITE;

    private final MemorySegment message = Arena.ofAuto().allocate(8);
    private final ShareBuffers buffers = new ShareBuffers();
    private final Party self = new Party("benchmark");
    private UnixSocket[] sockets = new UnixSocket[0];

    @SuppressWarnings("NullAway.Init") // by open()
    private Fd memory;

    @SuppressWarnings("NullAway.Init") // by open()
    private PcmFile file;

    @SuppressWarnings("NullAway.Init") // by open()
    private SharedStream stream;

    private long bytes;

    /** Opens a stream, and a memory file of the same size. */
    @Setup(Level.Trial)
    public void open() throws PcmOpenException, IOException {
        Card card = NullCard.create(0, new ManualClock(), new MemfdRegions());
        file =
                card.devices()
                        .getFirst()
                        .open(PcmStream.PLAYBACK, OpenFlags.RDWR, PcmDevice.ANY_SUBDEVICE);
        HwParamSpace space = new HwParamSpace();
        space.mask(HwParam.FORMAT, PcmFormat.S16_LE.maskBit());
        space.set(HwParam.CHANNELS, 2);
        space.set(HwParam.RATE, 48_000);
        space.set(HwParam.PERIOD_SIZE, 1024);
        space.set(HwParam.BUFFER_SIZE, 4096);
        if (file.hwParams(space) < 0) {
            throw new IllegalStateException("state=" + file.state());
        }
        stream = new SharedStream(file);
        bytes = file.memory().ringBytes();
        memory = Memfd.create("plain", bytes);
        sockets = UnixSocket.pair();
    }

    /** Closes them. */
    @TearDown(Level.Trial)
    public void close() {
        buffers.close();
        stream.close();
        memory.close();
        for (UnixSocket socket : sockets) {
            socket.close();
        }
    }

    private long passAndMap(Fd fd) throws IOException {
        int sent = sockets[0].send(message, message.byteSize(), fd);
        Received received = sockets[1].receive(message);
        try (Fd got = received.fds().getFirst();
                Mapping mapping = Mapping.map(got, 0, bytes, READ_WRITE, Mapping.MAP_SHARED)) {
            return sent + mapping.segment().address();
        }
    }

    /** The yardstick. */
    @Benchmark
    public long plainMemfd() throws IOException {
        try (Fd dup = memory.dup()) {
            return passAndMap(dup);
        }
    }

    /** An anonymous dup, the ring and nothing else. */
    @Benchmark
    public long bufferGrant() throws IOException, PcmOpenException {
        try (Grant grant = stream.grant(Permissions.BUFFER)) {
            return passAndMap(grant.borrowFds().getFirst());
        }
    }

    /** A share buffer. */
    @Benchmark
    public long shareBuffer() throws IOException {
        if (buffers.export(file) instanceof BufferResult.Made(ShareBuffer buffer)) {
            try (buffer) {
                return passAndMap(buffer.borrowFd());
            }
        }
        throw new IllegalStateException("state=" + file.state());
    }

    /** A fence is made and signalled. */
    @Benchmark
    public boolean fence() {
        return new FenceSource("fence", "benchmark", self).signal();
    }

    /** The same with a descriptor, which then says so. */
    @Benchmark
    public int fenceDescriptor() throws IOException {
        FenceSource source = new FenceSource("fence", "benchmark", self);
        try (FenceDescriptor descriptor = FenceDescriptor.of(source.fence())) {
            var _ = source.signal();
            return FenceDescriptor.status(descriptor.borrowFd(), 0);
        }
    }
}
