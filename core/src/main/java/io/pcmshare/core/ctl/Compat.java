package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;
import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.DataModel;

import java.lang.foreign.MemorySegment;

/**
 * The structs of a 32-bit program as {@link ControlOps} want them. Kernel:
 * sound/core/control_compat.c.
 */
final class Compat {
    private Compat() {}

    static CtlElemInfo info(Caller caller) {
        long bytes = CtlElemInfo.layout(DataModel.LP64).byteSize();
        return new CtlElemInfo(caller.scratch(bytes), DataModel.LP64);
    }

    /** Only the id and the item go in. */
    static CtlElemInfo infoIn(CtlElemInfo theirs, Caller caller) {
        CtlElemInfo info = info(caller);
        info.id().set(theirs.id());
        info.item(theirs.item());
        return info;
    }

    /** Everything but the owner comes out. */
    static void infoOut(CtlElemInfo from, CtlElemInfo to) {
        to.id().set(from.id());
        to.type(from.type());
        to.access(from.access());
        to.count(from.count());
        to.owner(from.owner());
        switch (CtlElemType.of(from.type())) {
            case BOOLEAN, INTEGER -> to.range(from.min(), from.max(), from.step());
            case INTEGER64 -> to.range64(from.min64(), from.max64(), from.step64());
            case ENUMERATED -> {
                to.items(from.items());
                to.item(from.item());
                to.itemName(from.itemName());
                to.namesPtr(from.namesPtr());
                to.namesLength(from.namesLength());
            }
            case BYTES, IEC958 -> {}
            case null -> {}
        }
    }

    /** A range of a program's own element. */
    static CtlElemInfo userInfoIn(CtlElemInfo theirs, Caller caller) {
        CtlElemInfo info = info(caller);
        infoOut(theirs, info);
        if (info.type() == CtlElemType.ENUMERATED.code()) {
            info.namesPtr(caller.pointer(theirs.namesPtr()));
        }
        return info;
    }

    /**
     * Values on their way in and out.
     *
     * @param wide as {@link ControlOps} want them
     * @param words how many are as wide as {@code long}
     * @param bytes how many bytes the others take
     */
    record Values(CtlElemValue wide, int words, int bytes) {
        /** The id and the values go out; what is behind them stays. */
        void out(CtlElemValue theirs) {
            theirs.id().set(wide.id());
            copy(wide, theirs, words, bytes);
        }
    }

    static Values valuesIn(Element element, CtlElemValue theirs, Caller caller) {
        CtlElemInfo info = info(caller);
        element.control().ops().info(element.offset(), info);
        MemorySegment memory = caller.scratch(CtlElemValue.layout(DataModel.LP64).byteSize());
        CtlElemValue wide = new CtlElemValue(memory, DataModel.LP64);
        wide.id().set(theirs.id());
        CtlElemType type = CtlElemType.of(info.type());
        boolean isWord = type == CtlElemType.BOOLEAN || type == CtlElemType.INTEGER;
        int words = isWord ? info.count() : 0;
        int bytes = isWord || type == null ? 0 : info.count() * UserElement.bytesOf(type);
        copy(theirs, wide, words, bytes);
        return new Values(wide, words, bytes);
    }

    private static void copy(CtlElemValue from, CtlElemValue to, int words, int bytes) {
        for (int i = 0; i < words; i++) {
            to.integer(i, from.integer(i));
        }
        if (bytes > 0) {
            byte[] all = new byte[bytes];
            from.bytes(all);
            to.setBytes(all);
        }
    }
}
