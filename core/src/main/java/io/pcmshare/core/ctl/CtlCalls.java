package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlCardInfo;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.ProtocolVersion;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The calls of a control device. Kernel: sound/core/control.c, snd_ctl_ioctl(). */
public final class CtlCalls {
    private static final int ENOTTY = Errno.ENOTTY.negated();
    private static final int POWER_D0 = 0;

    private CtlCalls() {}

    /**
     * Makes a call.
     *
     * @param argument as the program passed it
     * @param memory the program's memory
     * @param compat32 whether the program is a 32-bit one
     * @return the result, or a negated errno
     */
    public static int ioctl(
            CtlFile file, int request, long argument, UserMemory memory, boolean compat32) {
        DataModel model = compat32 ? DataModel.ILP32 : DataModel.LP64;
        CtlIoctl call = CtlIoctl.of(request, model);
        try (Arena arena = Arena.ofConfined()) {
            Caller caller = new Caller(memory, model, arena);
            long address = caller.pointer(argument);
            return switch (call) {
                case null -> ENOTTY;
                case PCM_NEXT_DEVICE,
                        PCM_INFO,
                        PCM_PREFER_SUBDEVICE,
                        HWDEP_NEXT_DEVICE,
                        HWDEP_INFO,
                        RAWMIDI_NEXT_DEVICE,
                        RAWMIDI_INFO,
                        RAWMIDI_PREFER_SUBDEVICE,
                        UMP_NEXT_DEVICE,
                        UMP_ENDPOINT_INFO,
                        UMP_BLOCK_INFO ->
                        // outside the lock of the set: these take the card's
                        DeviceCalls.call(file, call, address, caller);
                default -> {
                    synchronized (file.controls().lock()) {
                        yield locked(file, call, address, caller);
                    }
                }
            };
        }
    }

    private static int locked(CtlFile file, CtlIoctl call, long address, Caller caller) {
        if (file.controls().isDisconnected()) {
            return Errno.ENODEV.negated();
        }
        return switch (call) {
            case PVERSION -> caller.writeInt(address, ProtocolVersion.CTL);
            case CARD_INFO -> cardInfo(file.controls(), address, caller);
            case ELEM_LIST -> ElemCalls.list(file.controls(), address, caller);
            case ELEM_INFO -> ElemCalls.info(file, address, caller);
            case ELEM_READ -> ElemCalls.read(file, address, caller);
            case ELEM_WRITE -> ElemCalls.write(file, address, caller);
            case ELEM_LOCK -> LockCalls.lock(file, address, caller);
            case ELEM_UNLOCK -> LockCalls.unlock(file, address, caller);
            case SUBSCRIBE_EVENTS -> subscribe(file, address, caller);
            case ELEM_ADD -> UserCalls.add(file, address, caller, false);
            case ELEM_REPLACE -> UserCalls.add(file, address, caller, true);
            case ELEM_REMOVE -> UserCalls.remove(file, address, caller);
            case TLV_READ, TLV_WRITE, TLV_COMMAND -> TlvCalls.call(file, call, address, caller);
            case POWER -> Errno.ENOPROTOOPT.negated();
            case POWER_STATE -> caller.writeInt(address, POWER_D0);
            default -> ENOTTY;
        };
    }

    private static int cardInfo(ControlSet set, long address, Caller caller) {
        MemorySegment copy = caller.scratch(CtlCardInfo.layout(caller.model()).byteSize());
        set.description().store(new CtlCardInfo(copy, caller.model()), set.card().number());
        return caller.write(address, copy);
    }

    /** 1 begins, 0 ends, a negative number asks. */
    private static int subscribe(CtlFile file, long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, ValueLayout.JAVA_INT);
        if (copy == null) {
            return Caller.EFAULT;
        }
        int wanted = copy.get(ValueLayout.JAVA_INT, 0);
        if (wanted < 0) {
            return caller.writeInt(address, file.isSubscribed() ? 1 : 0);
        }
        file.subscribe(wanted != 0);
        return 0;
    }
}
