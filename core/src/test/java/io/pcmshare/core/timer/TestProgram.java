package io.pcmshare.core.timer;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.abi.TimerParams;
import io.pcmshare.abi.TimerRead;
import io.pcmshare.abi.TimerSelect;
import io.pcmshare.abi.TimerTread;
import io.pcmshare.core.user.SegmentMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A program with one open timer file. */
final class TestProgram {
    static final int AUTO = 1;
    private static final long ADDRESS = 0x1000;
    private static final DataModel MODEL = DataModel.LP64;

    private final MemorySegment memory = MemorySegment.ofArray(new byte[64 << 10]);
    private final SegmentMemory user = new SegmentMemory(memory, ADDRESS);
    final TimerFile file;

    /** An event as it was read. */
    record Event(int code, long nanos, int value) {}

    TestProgram(Timers timers) {
        file = timers.open();
    }

    int call(TimerIoctl ioctl) {
        return file.ioctl(ioctl.request(MODEL), ADDRESS, user, false);
    }

    TestProgram timed() {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 1);
        call(TimerIoctl.TREAD_OLD);
        return this;
    }

    int select(TimerKey key) {
        memory.fill((byte) 0);
        key.store(new TimerSelect(memory, MODEL).id());
        return call(TimerIoctl.SELECT);
    }

    int params(int flags, int ticks, int filter) {
        memory.fill((byte) 0);
        TimerParams params = new TimerParams(memory, MODEL);
        params.flags(flags);
        params.ticks(ticks);
        params.filter(filter);
        return call(TimerIoctl.PARAMS);
    }

    /** Ticks of all events that are there, without time. */
    List<Integer> ticks() {
        int bytes = file.read(user, ADDRESS, 4096);
        List<Integer> all = new ArrayList<>();
        for (int at = 0; at < bytes; at += 8) {
            all.add(new TimerRead(memory.asSlice(at), MODEL).ticks());
        }
        return all;
    }

    /** All events that are there, with time. */
    List<Event> events() {
        int bytes = file.read(user, ADDRESS, 4096);
        List<Event> all = new ArrayList<>();
        for (int at = 0; at < bytes; at += 32) {
            TimerTread event = new TimerTread(memory.asSlice(at), MODEL);
            all.add(new Event(event.event(), event.tstampNanos(), event.val()));
        }
        return all;
    }
}
