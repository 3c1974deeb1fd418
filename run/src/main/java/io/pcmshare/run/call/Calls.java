package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.run.file.BufferFile;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.PcmSound;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.run.node.FileStatus;
import io.pcmshare.run.node.NodeTree;
import io.pcmshare.run.node.Nodes;
import io.pcmshare.run.node.OpenStreams;
import io.pcmshare.run.trace.CallTrace;
import io.pcmshare.run.trace.CallWords;
import io.pcmshare.share.Permissions;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.SeccompNotification;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Finds out what a call is about and who answers it, and sends the answer. Owns the open files and
 * the names. Threads: one.
 */
public final class Calls implements AutoCloseable {
    private final Desk desk;
    private final Nodes nodes;
    private final StandIns standIns;
    private final NameCalls names;
    private final OpenCalls opens;
    private final DescriptorCalls descriptors;
    private final @Nullable CallTrace trace;
    private final Consumer<String> messages;

    /**
     * For the programs of a desk.
     *
     * @param trace told of each call on a sound device; {@code null} for nobody
     * @param messages told what went wrong with us, not with a program
     */
    public Calls(
            Desk desk,
            SoundSystem system,
            @Nullable Consumer<String> trace,
            Consumer<String> messages) {
        this.desk = desk;
        this.trace = trace == null ? null : new CallTrace(trace);
        this.messages = messages;
        NodeTree tree = new NodeTree(system, this::holders);
        this.nodes = new Nodes(tree, FileStatus.Owner.ours(), Clocks.realtimeNanos());
        this.standIns = new StandIns(desk.listener(), desk.files());
        desk.onReap(standIns::dropStale);
        ProgramPaths paths = new ProgramPaths(nodes);
        this.names = new NameCalls(nodes, paths, desk.files());
        this.opens = new OpenCalls(desk, nodes, paths, system.timers());
        this.descriptors = new DescriptorCalls(standIns);
    }

    private List<OpenStreams.Holder> holders(Substream substream) {
        List<OpenStreams.Holder> holders = new ArrayList<>();
        for (SoundFile file : desk.files().all()) {
            switch (file) {
                case PcmSound sound when sound.file().substream() == substream ->
                        holders.add(holder(sound, sound.file(), sound.permissions()));
                case BufferFile buffer when buffer.file().substream() == substream ->
                        holders.add(holder(buffer, buffer.file(), buffer.permissions()));
                default -> {
                    // another's
                }
            }
        }
        return holders;
    }

    private static OpenStreams.Holder holder(
            SoundFile file, PcmFile core, Permissions permissions) {
        SoundFile.Opened opened = file.opened();
        return new OpenStreams.Holder(
                core, opened.pid(), opened.program(), opened.linkText(), permissions);
    }

    /**
     * Serves a call that was received.
     *
     * @return whether it was answered; otherwise it waits
     */
    public boolean serve(SeccompNotification notification) {
        ProgramCall call = new ProgramCall(desk, notification);
        call.putBack(standIns.putBack(call));
        long answer;
        try {
            answer = answer(call);
        } catch (RuntimeException e) {
            // ours to mend; the program gets an error and everybody else goes on
            messages.accept("call=" + call.call() + ", tid=" + call.tid() + ": " + e);
            answer = Errno.EIO.negated();
        }
        // a poll right after the call sees what the call has changed
        desk.dirty().refreshAll();
        send(call, answer);
        return answer != ProgramCall.PENDING;
    }

    private long answer(ProgramCall call) {
        TrappedCall which = call.call();
        return switch (which) {
            case null -> ProgramCall.CONTINUE;
            case OPEN, CREAT, OPENAT, OPENAT2 -> opens.answer(call, which);
            case STAT,
                    LSTAT,
                    NEWFSTATAT,
                    STATX,
                    FSTAT,
                    ACCESS,
                    FACCESSAT,
                    FACCESSAT2,
                    READLINK,
                    READLINKAT ->
                    names.answer(call, which);
            case IOCTL, MMAP, FCNTL, READ, WRITE, READV, WRITEV -> {
                FileTable.Found found = desk.files().find(call.tid(), call.descriptor());
                if (found != null) {
                    call.about(found.file());
                }
                yield found == null ? ProgramCall.CONTINUE : descriptors.answer(call, which, found);
            }
            case IO_URING_SETUP -> Errno.ENOSYS.negated();
        };
    }

    /** Sends an answer; a program that is gone needs none. */
    public void send(ProgramCall call, long answer) {
        if (trace != null) {
            tell(trace, call, answer);
        }
        if (answer == ProgramCall.PENDING || answer == ProgramCall.ANSWERED) {
            return;
        }
        var _ =
                answer == ProgramCall.CONTINUE
                        ? desk.listener().continueCall(call.id())
                        : desk.listener().answer(call.id(), answer);
    }

    private static void tell(CallTrace trace, ProgramCall call, long answer) {
        SoundFile file = call.file();
        TrappedCall which = call.call();
        if (answer == ProgramCall.PENDING
                || which == null
                || (file == null && call.path() == null)) {
            return;
        }
        CallTrace.Caller caller = new CallTrace.Caller(call.memory(), call.is32Bit(), call.tid());
        long nanos = Clocks.monotonicNanos() - call.receivedNanos();
        long shown =
                answer == ProgramCall.ANSWERED || answer == ProgramCall.CONTINUE
                        ? call.answered()
                        : answer;
        if (which == TrappedCall.IOCTL && file != null) {
            trace.ioctl(caller, file, call.intArgument(1), call.argument(2), shown, nanos);
        } else {
            String subject = file == null ? String.valueOf(call.path()) : CallTrace.name(file);
            trace.call(caller, subject, words(call, which), shown, nanos);
        }
    }

    private static String words(ProgramCall call, TrappedCall which) {
        return switch (which) {
            case OPEN -> CallWords.open(call.intArgument(1));
            case OPENAT -> CallWords.open(call.intArgument(2));
            case MMAP -> CallWords.mmap(call.mapOffset(), call.argument(1), call.intArgument(2));
            case FCNTL -> "fcntl(F_GETFL)";
            case READ, WRITE ->
                    which.name().toLowerCase(Locale.ROOT) + "(" + call.argument(2) + " bytes)";
            default -> which.name().toLowerCase(Locale.ROOT) + "()";
        };
    }

    /** Whether there is something that nobody tells us of. */
    public boolean needsAsking() {
        return !standIns.isEmpty() || desk.files().needsAsking();
    }

    /** Asks for it. */
    public void ask() {
        var _ = desk.reap();
    }

    @Override
    public void close() throws IOException {
        standIns.close();
        desk.files().close();
        desk.shares().close();
        nodes.close();
    }
}
