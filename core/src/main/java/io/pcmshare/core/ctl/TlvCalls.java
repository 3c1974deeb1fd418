package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemAccess;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.CtlTlv;
import io.pcmshare.abi.Errno;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads and writes TLV. Kernel: sound/core/control.c, snd_ctl_tlv_ioctl(). */
final class TlvCalls {
    private static final int ENXIO = Errno.ENXIO.negated();
    private static final ElemId ANY = ElemId.mixer("");
    private static final int HEAD_BYTES = 8;

    private TlvCalls() {}

    static int call(CtlFile file, CtlIoctl call, long address, Caller caller) {
        @Nullable MemorySegment copy = caller.read(address, CtlTlv.layout(caller.model()));
        if (copy == null) {
            return Caller.EFAULT;
        }
        CtlTlv head = new CtlTlv(copy, caller.model());
        int length = head.length();
        int numid = head.numid();
        if (Integer.compareUnsigned(length, HEAD_BYTES) < 0 || numid == 0) {
            return Errno.EINVAL.negated();
        }
        @Nullable Control control = file.controls().find(ANY, numid);
        if (control == null) {
            return Errno.ENOENT.negated();
        }
        Element element = new Element(control, control.offsetOf(numid));
        long container = address + HEAD_BYTES;
        return element.can(CtlElemAccess.TLV_CALLBACK)
                ? dynamic(file, call, element, container, length, caller)
                : constant(call, element, container, length, caller);
    }

    private static int constant(
            CtlIoctl call, Element element, long address, int length, Caller caller) {
        int[] tlv = element.control().tlv();
        if (call != CtlIoctl.TLV_READ || !element.can(CtlElemAccess.TLV_READ) || tlv.length == 0) {
            return ENXIO;
        }
        long bytes = (long) tlv.length * Integer.BYTES;
        if (Integer.toUnsignedLong(length) < bytes) {
            return Errno.ENOMEM.negated();
        }
        MemorySegment copy = caller.scratch(bytes);
        MemorySegment.copy(tlv, 0, copy, ValueLayout.JAVA_INT, 0, tlv.length);
        return caller.write(address, copy);
    }

    // six parameters and no record: the call as it came, and the element it is about
    private static int dynamic(
            CtlFile file, CtlIoctl call, Element element, long address, int length, Caller caller) {
        int needed =
                switch (call) {
                    case TLV_READ -> CtlElemAccess.TLV_READ;
                    case TLV_WRITE -> CtlElemAccess.TLV_WRITE;
                    default -> CtlElemAccess.TLV_COMMAND;
                };
        @Nullable TlvOps ops = element.control().tlvOps();
        if (!element.can(needed) || ops == null) {
            return ENXIO;
        }
        if (call == CtlIoctl.TLV_READ) {
            return ops.read(caller, address, length);
        }
        if (element.control().isLockedFor(element.offset(), file)) {
            return Errno.EPERM.negated();
        }
        return call == CtlIoctl.TLV_WRITE ? ops.write(caller, address, length) : ENXIO;
    }
}
