package io.pcmshare.run.call;

import static io.pcmshare.sys.ArgumentTest.argument;
import static io.pcmshare.sys.ArgumentTest.intArgument;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.sys.Arch;
import io.pcmshare.sys.ArgumentTest;
import io.pcmshare.sys.BpfProgram;
import io.pcmshare.sys.BpfRules;
import io.pcmshare.sys.Mapping;
import io.pcmshare.sys.SeccompAction;

import java.util.Arrays;
import java.util.List;

/**
 * Which system calls of a program wait for us. Everything else runs at full speed; what is looked
 * at is in registers, so a program cannot change it afterwards.
 *
 * <p>{@code read}, {@code write} and {@code fstat} are trapped only for descriptors in {@link
 * #WINDOW}, where we put ours: a program that reads files does not pay for us.
 */
public final class ProgramFilter {
    /** The descriptor numbers that we give out, where the program's limit allows them. */
    public static final Window WINDOW = new Window(512, 1024);

    private static final long IOCTL_TYPE = 0xff00;
    private static final int TYPE_SHIFT = 8;
    private static final String IOCTL_TYPES = "AUHb>";
    private static final int TIMER_START_OLD = 0x5420;
    private static final int TIMER_PAUSE_OLD = 0x5423;
    private static final int FIONBIO = 0x5421;
    private static final int F_GETFL = 3;
    private static final int FLAGS_OF_MMAP = 3;
    private static final int FLAGS_OF_FSTATAT = 3;
    private static final int FLAGS_OF_STATX = 2;
    private static final long AT_EMPTY_PATH = 0x1000;

    /**
     * Numbers of descriptors.
     *
     * @param first the smallest, a multiple of the window's size
     * @param end one more than the largest
     */
    public record Window(int first, int end) {
        /** Refuses what a filter cannot test with one mask. */
        public Window {
            int size = end - first;
            if (size <= 0 || Integer.bitCount(size) != 1 || first % size != 0) {
                throw new IllegalArgumentException("first=" + first + ", end=" + end);
            }
        }

        /** The bits that are the same in all of them. */
        long mask() {
            return 0xffff_ffffL & -(end - first);
        }
    }

    private ProgramFilter() {}

    /** The filter for programs of this machine's architecture and, on x86-64, of i386. */
    public static BpfProgram create() {
        BpfProgram.Builder builder = BpfProgram.builder();
        for (Arch arch : architectures()) {
            builder.arch(arch, rules -> addRules(rules, arch));
        }
        // what we cannot decode runs without us
        return builder.otherArch(SeccompAction.allow()).build();
    }

    private static List<Arch> architectures() {
        return Arch.current() == Arch.X86_64
                ? List.of(Arch.X86_64, Arch.I386)
                : List.of(Arch.current());
    }

    private static void addRules(BpfRules rules, Arch arch) {
        SeccompAction notify = SeccompAction.notifyListener();
        // the most frequent ones first
        for (TrappedCall call :
                new TrappedCall[] {
                    TrappedCall.READ,
                    TrappedCall.WRITE,
                    TrappedCall.READV,
                    TrappedCall.WRITEV,
                    TrappedCall.FSTAT
                }) {
            rules.answerIf(notify, call.nr(arch), ours());
        }
        addIoctls(rules, notify, arch);
        rules.answerIf(
                notify,
                TrappedCall.MMAP.nr(arch),
                argument(FLAGS_OF_MMAP)
                        .masked(Mapping.MAP_SHARED | Mapping.MAP_ANONYMOUS)
                        .is(Mapping.MAP_SHARED));
        rules.answerIf(notify, TrappedCall.FCNTL.nr(arch), intArgument(1).is(F_GETFL));
        // fstat of libc: about a descriptor, not a path
        addEmptyPath(rules, TrappedCall.NEWFSTATAT.nr(arch), FLAGS_OF_FSTATAT);
        addEmptyPath(rules, TrappedCall.STATX.nr(arch), FLAGS_OF_STATX);
        for (TrappedCall call :
                new TrappedCall[] {
                    TrappedCall.OPENAT,
                    TrappedCall.OPEN,
                    TrappedCall.OPENAT2,
                    TrappedCall.CREAT,
                    TrappedCall.NEWFSTATAT,
                    TrappedCall.STAT,
                    TrappedCall.LSTAT,
                    TrappedCall.STATX,
                    TrappedCall.ACCESS,
                    TrappedCall.FACCESSAT,
                    TrappedCall.FACCESSAT2,
                    TrappedCall.READLINK,
                    TrappedCall.READLINKAT
                }) {
            if (call.nr(arch) >= 0) {
                rules.answer(notify, call.nr(arch));
            }
        }
        // it would pass by the filter; libraries fall back to calls that do not
        rules.answer(SeccompAction.errno(Errno.ENOSYS), TrappedCall.IO_URING_SETUP.nr(arch));
        rules.otherwise(SeccompAction.allow());
    }

    private static void addEmptyPath(BpfRules rules, int number, int flagsIndex) {
        ArgumentTest empty = intArgument(flagsIndex).masked(AT_EMPTY_PATH).is(AT_EMPTY_PATH);
        rules.answerIf(SeccompAction.notifyListener(), number, ours(), empty);
        rules.answerIf(SeccompAction.allow(), number, empty);
    }

    private static ArgumentTest ours() {
        return intArgument(0).masked(WINDOW.mask()).is(WINDOW.first());
    }

    private static void addIoctls(BpfRules rules, SeccompAction notify, Arch arch) {
        int ioctl = TrappedCall.IOCTL.nr(arch);
        IOCTL_TYPES
                .chars()
                .forEach(
                        type ->
                                rules.answerIf(
                                        notify,
                                        ioctl,
                                        intArgument(1)
                                                .masked(IOCTL_TYPE)
                                                .is((long) type << TYPE_SHIFT)));
        // terminals have the timer's letter, so each request by its whole number
        List<DataModel> models =
                arch == Arch.I386
                        ? List.of(DataModel.ILP32, DataModel.ILP32_TIME64)
                        : List.of(DataModel.LP64);
        models.stream()
                .flatMapToInt(
                        model ->
                                Arrays.stream(TimerIoctl.values())
                                        .mapToInt(timer -> timer.request(model)))
                .distinct()
                .forEach(request -> answerRequest(rules, notify, ioctl, request));
        for (int old = TIMER_START_OLD; old <= TIMER_PAUSE_OLD; old++) {
            if (old != FIONBIO) { // which the kernel's own descriptors answer
                answerRequest(rules, notify, ioctl, old);
            }
        }
    }

    private static void answerRequest(
            BpfRules rules, SeccompAction action, int ioctl, int request) {
        rules.answerIf(action, ioctl, intArgument(1).is(Integer.toUnsignedLong(request)));
    }
}
