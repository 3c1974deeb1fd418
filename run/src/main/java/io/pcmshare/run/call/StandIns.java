package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.MemoryFile;
import io.pcmshare.run.file.PipeFile;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.sys.Clocks;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.FileId;
import io.pcmshare.sys.PidFd;
import io.pcmshare.sys.ProcFd;
import io.pcmshare.sys.ProcTask;
import io.pcmshare.sys.SeccompNotify;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Memory in the place of a descriptor, for as long as it takes the kernel to map it. What was there
 * is kept, and put back at the next call of that process, before anything else; it can only be put
 * back while a call waits. Owns what is kept. Threads: one.
 */
final class StandIns implements AutoCloseable {
    private static final long PATIENCE_NANOS = 200_000_000L;

    private final SeccompNotify listener;
    private final FileTable files;
    private final List<StandIn> all = new ArrayList<>();

    /** A descriptor that memory stands in for. */
    private record StandIn(
            int pid, int tid, int number, FileId memory, @Nullable Fd kept, long sinceNanos) {
        void drop() {
            if (kept != null) {
                kept.close();
            }
        }
    }

    StandIns(SeccompNotify listener, FileTable files) {
        this.listener = listener;
        this.files = files;
    }

    /** Puts memory in the place of the descriptor to be mapped; the kernel makes the call. */
    long put(ProgramCall call, SoundFile file, Fd memory) {
        int pid = ProcTask.processOf(call.tid());
        int number = call.descriptor();
        int flags = call.descriptorFlags();
        if (pid < 0 || flags < 0) {
            return Errno.EBADF.negated();
        }
        Fd kept = keep(pid, number, file, flags);
        try {
            FileId id = memory.id();
            // known before it can be met
            files.addStandIn(id, file);
            StandIn standIn =
                    new StandIn(pid, call.tid(), number, id, kept, Clocks.monotonicNanos());
            all.add(standIn);
            int answer = listener.replaceFd(call.id(), memory, number, flags & Fd.O_CLOEXEC);
            if (answer < 0) {
                all.remove(standIn);
                standIn.drop();
                return answer;
            }
            return ProgramCall.CONTINUE;
        } catch (IOException e) {
            if (kept != null) {
                kept.close();
            }
            return Errno.ENOMEM.negated();
        }
    }

    /** The descriptor itself, so that poll sets and duplicates go on; or another one like it. */
    private static @Nullable Fd keep(int pid, int number, SoundFile file, int flags) {
        try (PidFd process = PidFd.open(pid)) {
            return process.getFd(number);
        } catch (IOException refused) {
            return again(file, flags);
        }
    }

    /** Another open file that looks the same; {@code null} where even that cannot be had. */
    private static @Nullable Fd again(SoundFile file, int flags) {
        try {
            return switch (file) {
                case PipeFile pipe -> pipe.reopen(flags & (Fd.O_NONBLOCK | Fd.O_APPEND));
                case MemoryFile memory -> memory.reopen();
            };
        } catch (IOException none) {
            return null; // the program then keeps the memory: its calls still find the file
        }
    }

    /**
     * Before a call of a process is looked at: puts back what it had. Where another thread may
     * still be mapping, a later call will; what stands in for the same number keeps its order.
     *
     * @return whether it was
     */
    boolean putBack(ProgramCall call) {
        if (all.isEmpty()) {
            return false;
        }
        boolean some = false;
        int pid = ProcTask.processOf(call.tid());
        Set<Integer> busy = new HashSet<>(0);
        for (int i = all.size() - 1; i >= 0; i--) {
            StandIn standIn = all.get(i);
            if (standIn.pid() != pid || busy.contains(standIn.number())) {
                continue;
            }
            if (standIn.tid() != call.tid() && mayBeMapping(standIn)) {
                busy.add(standIn.number());
            } else {
                all.remove(i);
                putBack(call, standIn);
                some = true;
            }
        }
        return some;
    }

    private void putBack(ProgramCall call, StandIn standIn) {
        // the program may have closed the number, or have something else there
        boolean there = standIn.memory().equals(files.idOf(call.tid(), standIn.number()));
        Fd kept = standIn.kept();
        if (there && kept != null) {
            int flags = ProcFd.flags(call.tid(), standIn.number());
            var _ =
                    listener.replaceFd(
                            call.id(), kept, standIn.number(), Math.max(0, flags) & Fd.O_CLOEXEC);
        }
        standIn.drop();
    }

    /**
     * Whether a thread may be on its way into the kernel, where it maps what is there. One that
     * sleeps is not, not even in its next mmap, where it waits for us. One that computes cannot be
     * told from one that maps, so it is given time.
     */
    private static boolean mayBeMapping(StandIn standIn) {
        return Clocks.monotonicNanos() - standIn.sinceNanos() < PATIENCE_NANOS
                && ProcTask.mayBeInCall(standIn.tid());
    }

    /** A process without a record of it has memory at a number: a child of one that had. */
    void restore(ProgramCall call, SoundFile file) {
        int flags = call.descriptorFlags();
        try (Fd again = again(file, Math.max(0, flags))) {
            if (again != null) {
                var _ =
                        listener.replaceFd(
                                call.id(),
                                again,
                                call.descriptor(),
                                Math.max(0, flags) & Fd.O_CLOEXEC);
            }
        }
    }

    /** Forgets those whose process has ended or closed the number. */
    void dropStale() {
        for (int i = all.size() - 1; i >= 0; i--) {
            StandIn standIn = all.get(i);
            if (!standIn.memory().equals(files.idOf(standIn.pid(), standIn.number()))) {
                all.remove(i);
                standIn.drop();
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public void close() {
        all.forEach(StandIn::drop);
        all.clear();
    }
}
