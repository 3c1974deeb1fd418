package io.pcmshare.run.trace;

import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.DmaBufIoctl;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.SyncIoctl;
import io.pcmshare.abi.TimerIoctl;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.user.UserMemory;
import io.pcmshare.run.file.BufferFile;
import io.pcmshare.run.file.CtlSound;
import io.pcmshare.run.file.FenceSound;
import io.pcmshare.run.file.HwdepSound;
import io.pcmshare.run.file.PcmSound;
import io.pcmshare.run.file.ShareFile;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.run.file.TimerSound;
import io.pcmshare.sys.ProcTask;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * A line for each call on a sound device: {@code aplay[412] pcmC0D0p WRITEI(frames=1024, …) = 0
 * <0.000021>}. Threads: one.
 */
public final class CallTrace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Consumer<String> lines;

    /** Writes lines to somebody. */
    public CallTrace(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * An ioctl is about to be answered.
     *
     * @param nanos since it was received
     */
    public void ioctl(
            Caller caller, SoundFile file, int request, long argument, long answer, long nanos) {
        line(caller, name(file), ioctlText(caller, file, request, argument), answer, nanos);
    }

    /** Another call is about to be answered. */
    public void call(Caller caller, String subject, String call, long answer, long nanos) {
        line(caller, subject, call, answer, nanos);
    }

    /**
     * Who called.
     *
     * @param memory the program's
     * @param is32Bit whether it is a 32-bit program
     * @param tid the thread
     */
    public record Caller(UserMemory memory, boolean is32Bit, int tid) {}

    private void line(Caller caller, String subject, String call, long answer, long nanos) {
        lines.accept(
                String.format(
                        Locale.ROOT,
                        "%s[%d] %s %s = %s <%.6f>",
                        ProcTask.name(caller.tid()),
                        caller.tid(),
                        subject,
                        call,
                        result(answer),
                        nanos / NANOS_PER_SECOND));
    }

    private static String result(long answer) {
        if (answer == BlockingCall.RESTART) {
            return "? ERESTARTSYS (a signal came)";
        }
        return answer < 0 ? "-1 " + Errno.nameOf((int) -answer) : Long.toString(answer);
    }

    /** {@code pcmC0D0p}: the name of the device, or what an anonymous descriptor is called. */
    public static String name(SoundFile file) {
        String text = file.opened().linkText();
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static String ioctlText(Caller caller, SoundFile file, int request, long argument) {
        DataModel model = caller.is32Bit() ? DataModel.ILP32 : DataModel.LP64;
        return switch (file) {
            case PcmSound pcm ->
                    PcmCallText.of(caller.memory(), caller.is32Bit(), request, argument);
            case CtlSound ctl -> named(CtlIoctl.of(request, model), request);
            case TimerSound timer -> named(TimerIoctl.of(request, model), request);
            case BufferFile buffer -> named(null, request);
            case ShareFile share -> named(DmaBufIoctl.of(request, DataModel.LP64), request);
            case FenceSound fence -> named(SyncIoctl.of(request), request);
            case HwdepSound hwdep -> named(null, request);
        };
    }

    private static String named(@Nullable Enum<?> ioctl, int request) {
        return ioctl == null ? "ioctl(0x%08x)".formatted(request) : ioctl.name() + "()";
    }
}
