package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmInfo;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmDevice;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Enumerates the card's devices: PCM ones, and of the others that there are none. Kernel:
 * sound/core/pcm.c, snd_pcm_control_ioctl(), and its like in hwdep.c, rawmidi.c and ump.c.
 */
final class DeviceCalls {
    private static final int NONE = -1;

    private DeviceCalls() {}

    static int call(CtlFile file, CtlIoctl call, long address, Caller caller) {
        synchronized (file.controls().lock()) {
            if (file.controls().isDisconnected()) {
                return Errno.ENODEV.negated();
            }
        }
        if (call == CtlIoctl.PCM_INFO) {
            return pcmInfo(file.controls(), address, caller);
        }
        @Nullable MemorySegment copy = caller.read(address, ValueLayout.JAVA_INT);
        if (copy == null) {
            return Caller.EFAULT;
        }
        int number = copy.get(ValueLayout.JAVA_INT, 0);
        return switch (call) {
            case PCM_NEXT_DEVICE -> caller.writeInt(address, nextPcm(file.controls(), number));
            case PCM_PREFER_SUBDEVICE -> {
                synchronized (file.controls().lock()) {
                    file.preferredPcm(number);
                }
                yield 0;
            }
            case HWDEP_NEXT_DEVICE, RAWMIDI_NEXT_DEVICE, UMP_NEXT_DEVICE ->
                    caller.writeInt(address, NONE);
            case RAWMIDI_PREFER_SUBDEVICE -> 0; // nothing that it could be preferred among
            default -> Errno.ENXIO.negated();
        };
    }

    private static int nextPcm(ControlSet set, int number) {
        for (PcmDevice device : set.card().devices()) {
            if (device.number() > number) {
                return device.number();
            }
        }
        return NONE;
    }

    private static int pcmInfo(ControlSet set, long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, PcmInfo.LAYOUT);
        if (copy == null) {
            return Caller.EFAULT;
        }
        PcmInfo info = new PcmInfo(copy);
        @Nullable PcmStream stream = PcmStream.of(info.stream());
        if (stream == null) {
            return Errno.EINVAL.negated();
        }
        int number = info.device();
        List<PcmDevice> devices =
                set.card().devices().stream().filter(d -> d.number() == number).toList();
        if (devices.isEmpty()) {
            return Errno.ENXIO.negated();
        }
        PcmDevice device = devices.getFirst();
        int count = device.substreams(stream).size();
        if (count == 0) {
            return Errno.ENOENT.negated();
        }
        int subdevice = info.subdevice();
        if (Integer.compareUnsigned(subdevice, count) >= 0) {
            return Errno.ENXIO.negated();
        }
        fill(info, device, stream, subdevice, count);
        return caller.write(address, copy);
    }

    private static void fill(
            PcmInfo info, PcmDevice device, PcmStream stream, int subdevice, int count) {
        info.clear();
        info.card(device.card().number());
        info.device(device.number());
        info.subdevice(subdevice);
        info.stream(stream.code());
        info.id(device.id());
        info.name(device.name());
        info.subname("subdevice #" + subdevice);
        info.subdevicesCount(count);
        info.subdevicesAvail(device.subdevicesAvail(stream));
    }
}
