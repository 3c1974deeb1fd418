package io.pcmshare.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The small structures one thread passes to the kernel, allocated once per thread. They live as
 * long as the thread refers to them; none is kept across a call.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    final MemorySegment errno;
    final Timespec time;
    final IoVector local;
    final IoVector remote;
    final PollEntry poll;
    final TimerSetting timer;
    final MemorySegment word;
    final NotifyAnswer answer;
    final NotifyAddFd addFd;

    private Scratch() {
        // no mapping and no descriptor behind it: the collector may free it with the thread
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Kernel.ERRNO_LAYOUT);
        time = new Timespec(arena);
        local = new IoVector(arena);
        remote = new IoVector(arena);
        timer = new TimerSetting(arena);
        answer = new NotifyAnswer(arena);
        addFd = new NotifyAddFd(arena);
        word = arena.allocate(ValueLayout.JAVA_LONG);
        poll = new PollEntry(arena.allocate(PollEntry.LAYOUT));
    }

    static Scratch current() {
        return CURRENT.get();
    }
}
