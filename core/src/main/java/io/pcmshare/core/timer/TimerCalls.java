package io.pcmshare.core.timer;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.ProtocolVersion;
import io.pcmshare.abi.TimerClass;
import io.pcmshare.abi.TimerGinfo;
import io.pcmshare.abi.TimerGparams;
import io.pcmshare.abi.TimerGstatus;
import io.pcmshare.abi.TimerId;
import io.pcmshare.abi.TimerInfo;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.abi.TimerParams;
import io.pcmshare.abi.TimerSelect;
import io.pcmshare.abi.TimerStatus;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;

/** The calls of the timer device. Kernel: sound/core/timer.c, snd_timer_user_ioctl(). */
public final class TimerCalls {
    private static final int EFAULT = Errno.EFAULT.negated();
    private static final int EINVAL = Errno.EINVAL.negated();
    private static final int EBADFD = Errno.EBADFD.negated();
    private static final int ENODEV = Errno.ENODEV.negated();
    private static final int ENOTTY = Errno.ENOTTY.negated();
    private static final int FIONBIO = 0x5421;
    private static final int LAST_OLD = 0x5423;
    private static final int FIRST_OLD = 0x5420;
    private static final int NEW_MINUS_OLD = 0x80;

    /** The kernel's compat layer has none of them, for all that its table of numbers says. */
    private static final Set<TimerIoctl> NOT_FOR_32_BIT =
            EnumSet.of(TimerIoctl.GINFO, TimerIoctl.GSTATUS, TimerIoctl.STATUS);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final TimerFile file;
    private final UserMemory memory;
    private final DataModel model;
    private final Arena arena;

    private TimerCalls(TimerFile file, UserMemory memory, DataModel model, Arena arena) {
        this.file = file;
        this.memory = memory;
        this.model = model;
        this.arena = arena;
    }

    /**
     * Makes a call.
     *
     * @param argument as the program passed it
     * @param memory the program's memory
     * @param compat32 whether the program is a 32-bit one
     * @return the result, or a negated errno
     */
    public static int ioctl(
            TimerFile file, int request, long argument, UserMemory memory, boolean compat32) {
        DataModel model = compat32 ? DataModel.ILP32 : DataModel.LP64;
        int number = request;
        if (request >= FIRST_OLD && request <= LAST_OLD && request != FIONBIO) {
            number = request + NEW_MINUS_OLD; // START and its like, as alsa-lib before 1.0.9 had
            // them
        }
        TimerIoctl call = TimerIoctl.of(number, model);
        if (call == null && compat32) {
            model = DataModel.ILP32_TIME64;
            call = TimerIoctl.of(number, model);
        }
        if (call != null && compat32 && NOT_FOR_32_BIT.contains(call)) {
            return ENOTTY;
        }
        long address = compat32 ? Integer.toUnsignedLong((int) argument) : argument;
        synchronized (file.timers().lock()) {
            try (Arena arena = Arena.ofConfined()) {
                TimerCalls calls = new TimerCalls(file, memory, model, arena);
                int answer =
                        request == FIONBIO ? calls.fionbio(address) : calls.call(call, address);
                file.timers().scheduleChanged();
                return answer;
            }
        }
    }

    private int call(@Nullable TimerIoctl call, long address) {
        return switch (call) {
            case null -> ENOTTY;
            case PVERSION -> pversion(address);
            case NEXT_DEVICE -> nextDevice(address);
            case TREAD_OLD -> tread(address, model == DataModel.LP64);
            case TREAD64 -> tread(address, true);
            case GINFO -> ginfo(address);
            case GPARAMS -> gparams(address);
            case GSTATUS -> gstatus(address);
            case SELECT -> select(address);
            case CREATE, TRIGGER -> ENOTTY; // of protocol 2.0.8
            case INFO, PARAMS, STATUS, START, STOP, CONTINUE, PAUSE -> {
                @Nullable TimerInstance selected = file.instance();
                if (selected == null) {
                    yield EBADFD;
                }
                yield file.timers().exists(selected.timer)
                        ? selected(selected, call, address)
                        : ENODEV;
            }
        };
    }

    private int selected(TimerInstance instance, TimerIoctl call, long address) {
        return switch (call) {
            case INFO -> info(instance.timer, address);
            case PARAMS -> params(instance, address);
            case STATUS -> status(instance.timer, address);
            case START -> start(instance);
            case STOP -> instance.timer.stop(instance, false);
            case CONTINUE -> instance.paused ? instance.timer.resume(instance) : start(instance);
            default -> instance.timer.stop(instance, true);
        };
    }

    /** The file system answers it: whether reads wait is the front end's to know. */
    private int fionbio(long address) {
        return read(address, ValueLayout.JAVA_INT.byteSize()) == null ? EFAULT : 0;
    }

    private int pversion(long address) {
        MemorySegment copy = scratch(Integer.BYTES);
        copy.set(ValueLayout.JAVA_INT, 0, ProtocolVersion.TIMER);
        return write(address, copy);
    }

    private int nextDevice(long address) {
        @Nullable MemorySegment copy = read(address, TimerId.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerId id = new TimerId(copy, model);
        file.timers().behind(TimerKey.of(id)).store(id);
        return write(address, copy);
    }

    private int tread(long address, boolean wide) {
        if (file.instance() != null) {
            return Errno.EBUSY.negated();
        }
        @Nullable MemorySegment copy = read(address, ValueLayout.JAVA_INT.byteSize());
        if (copy == null) {
            return EFAULT;
        }
        boolean timed = copy.get(ValueLayout.JAVA_INT, 0) != 0;
        TimerFile.Format asked = wide ? TimerFile.Format.TIME64 : TimerFile.Format.TIME32;
        file.format(timed ? asked : TimerFile.Format.PLAIN);
        return 0;
    }

    private int ginfo(long address) {
        @Nullable MemorySegment copy = read(address, TimerGinfo.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerGinfo view = new TimerGinfo(copy, model);
        @Nullable TimerDevice timer = file.timers().find(TimerKey.of(view.tid()));
        if (timer == null) {
            return ENODEV;
        }
        clearBehindId(copy);
        view.flags(timer.isSlave() ? 1 : 0);
        view.card(timer.key().card());
        view.id(timer.id());
        view.name(timer.name());
        view.resolution(timer.resolutionNanos());
        view.clients(timer.clients());
        return write(address, copy);
    }

    /** No timer of ours lets a program set the pace for everybody. */
    private int gparams(long address) {
        @Nullable MemorySegment copy = read(address, TimerGparams.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerGparams view = new TimerGparams(copy, model);
        @Nullable TimerDevice timer = file.timers().find(TimerKey.of(view.tid()));
        if (timer == null) {
            return ENODEV;
        }
        return timer.clients() > 0 ? Errno.EBUSY.negated() : Errno.ENOSYS.negated();
    }

    private int gstatus(long address) {
        @Nullable MemorySegment copy = read(address, TimerGstatus.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerGstatus view = new TimerGstatus(copy, model);
        @Nullable TimerDevice timer = file.timers().find(TimerKey.of(view.tid()));
        if (timer == null) {
            return ENODEV;
        }
        clearBehindId(copy);
        view.resolution(timer.resolutionNanos());
        view.resolutionNum(timer.resolutionNanos());
        view.resolutionDen(NANOS_PER_SECOND);
        return write(address, copy);
    }

    private void clearBehindId(MemorySegment copy) {
        copy.asSlice(TimerId.layout(model).byteSize()).fill((byte) 0);
    }

    private int select(long address) {
        file.close();
        @Nullable MemorySegment copy = read(address, TimerSelect.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerKey key = TimerKey.of(new TimerSelect(copy, model).id());
        if (key.timerClass() == TimerClass.SLAVE.code()) {
            return EINVAL; // timers that follow another program's: only the sequencer has them
        }
        @Nullable TimerDevice timer = file.timers().find(key);
        if (timer == null) {
            return ENODEV;
        }
        TimerInstance instance = new TimerInstance(timer, file);
        int answer = timer.attach(instance);
        if (answer == 0) {
            file.instance(instance);
        }
        return answer;
    }

    private int info(TimerDevice timer, long address) {
        MemorySegment copy = scratch(TimerInfo.layout(model).byteSize());
        TimerInfo view = new TimerInfo(copy, model);
        view.flags(timer.isSlave() ? 1 : 0);
        view.card(timer.key().card());
        view.id(timer.id());
        view.name(timer.name());
        view.resolution(timer.resolutionNanos());
        return write(address, copy);
    }

    private int params(TimerInstance instance, long address) {
        @Nullable MemorySegment copy = read(address, TimerParams.layout(model));
        if (copy == null) {
            return EFAULT;
        }
        TimerSetup setup = TimerSetup.of(new TimerParams(copy, model));
        int answer = setup.apply(instance);
        return answer < 0 ? answer : write(address, copy);
    }

    private int status(TimerDevice timer, long address) {
        MemorySegment copy = scratch(TimerStatus.layout(model).byteSize());
        TimerStatus view = new TimerStatus(copy, model);
        view.tstampNanos(file.tstampNanos());
        view.resolution((int) timer.resolutionNanos());
        view.overrun(file.queue().overruns());
        view.queue(file.queue().used());
        return write(address, copy);
    }

    private int start(TimerInstance instance) {
        instance.timer.stop(instance, false); // whether it ran before does not matter
        file.forgetResolution();
        return instance.timer.start(instance, file.ticks());
    }

    private @Nullable MemorySegment read(long address, StructLayout layout) {
        return read(address, layout.byteSize());
    }

    private @Nullable MemorySegment read(long address, long bytes) {
        MemorySegment copy = scratch(bytes);
        return memory.read(address, copy, 0, bytes) < 0 ? null : copy;
    }

    private MemorySegment scratch(long bytes) {
        return arena.allocate(bytes, Long.BYTES);
    }

    private int write(long address, MemorySegment from) {
        return memory.write(address, from, 0, from.byteSize());
    }
}
