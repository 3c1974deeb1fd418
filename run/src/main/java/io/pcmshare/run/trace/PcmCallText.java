package io.pcmshare.run.trace;

import io.pcmshare.abi.DataModel;
import io.pcmshare.abi.HwParam;
import io.pcmshare.abi.HwParams;
import io.pcmshare.abi.PcmAccess;
import io.pcmshare.abi.PcmChannelInfo;
import io.pcmshare.abi.PcmFormat;
import io.pcmshare.abi.PcmInfo;
import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStatus;
import io.pcmshare.abi.SwParams;
import io.pcmshare.abi.SyncPtr;
import io.pcmshare.abi.XferI;
import io.pcmshare.core.user.UserMemory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.StringJoiner;

/** A PCM ioctl in ALSA's words: its name, and its argument as it is once it was answered. */
final class PcmCallText {
    private static final long NO_INTERVAL_MAX = 0xffff_ffffL;
    private static final String UNREADABLE = "?";

    private final UserMemory memory;
    private final DataModel model;
    private final long argument;

    private PcmCallText(UserMemory memory, DataModel model, long argument) {
        this.memory = memory;
        this.model = model;
        this.argument = argument;
    }

    /** {@code HW_PARAMS(access=RW_INTERLEAVED, …)}, or the number of one that is not known. */
    static String of(UserMemory memory, boolean is32Bit, int request, long argument) {
        DataModel model = is32Bit ? DataModel.ILP32 : DataModel.LP64;
        @Nullable PcmIoctl ioctl = PcmIoctl.of(request, model);
        if (is32Bit) {
            PcmIoctl.Request32 found = PcmIoctl.of32(request);
            ioctl = found == null ? null : found.ioctl();
            model = found == null ? model : found.model();
        }
        if (ioctl == null) {
            return "ioctl(0x%08x)".formatted(request);
        }
        String name = ioctl.name().replace("_FRAMES", "");
        return name + "(" + new PcmCallText(memory, model, argument).arguments(ioctl) + ")";
    }

    private String arguments(PcmIoctl ioctl) {
        return switch (ioctl) {
            case HW_REFINE, HW_PARAMS -> read(HwParams.layout(model).byteSize(), this::hwParams);
            case SW_PARAMS -> read(SwParams.layout(model).byteSize(), this::swParams);
            case STATUS, STATUS_EXT -> read(PcmStatus.layout(model).byteSize(), this::status);
            case SYNC_PTR -> read(SyncPtr.layout(model).byteSize(), this::syncPtr);
            case INFO -> read(PcmInfo.LAYOUT.byteSize(), this::info);
            case CHANNEL_INFO -> read(PcmChannelInfo.layout(model).byteSize(), this::channelInfo);
            case WRITEI_FRAMES, READI_FRAMES, WRITEN_FRAMES, READN_FRAMES ->
                    // both structs have the frames in the same place
                    read(XferI.layout(model).byteSize(), this::transfer);
            case DELAY, REWIND, FORWARD -> read(wordBytes(), this::frames);
            case PVERSION, USER_PVERSION -> read(Integer.BYTES, PcmCallText::version);
            case TSTAMP, TTSTAMP, ANONYMOUS_DUP, ANONYMOUS_DUP_V1, DMABUF_EXPORT, DMABUF_ATTACH ->
                    read(Integer.BYTES, word -> "" + word.get(ValueLayout.JAVA_INT, 0));
            case PAUSE, LINK -> "" + (int) argument;
            case HW_FREE,
                    HWSYNC,
                    PREPARE,
                    RESET,
                    START,
                    DROP,
                    DRAIN,
                    RESUME,
                    XRUN,
                    UNLINK,
                    DMABUF_DETACH,
                    FRAME_FENCE ->
                    "";
        };
    }

    private long wordBytes() {
        return model == DataModel.LP64 ? Long.BYTES : Integer.BYTES;
    }

    @FunctionalInterface
    private interface Text {
        String of(MemorySegment struct);
    }

    private String read(long bytes, Text text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(bytes, Long.BYTES);
            return memory.read(argument, struct, 0, bytes) < 0 ? UNREADABLE : text.of(struct);
        }
    }

    private static String version(MemorySegment word) {
        int version = word.get(ValueLayout.JAVA_INT, 0);
        return (version >> 16) + "." + ((version >> 8) & 0xff) + "." + (version & 0xff);
    }

    private String frames(MemorySegment word) {
        return "frames="
                + (model == DataModel.LP64
                        ? word.get(ValueLayout.JAVA_LONG, 0)
                        : word.get(ValueLayout.JAVA_INT, 0));
    }

    private String transfer(MemorySegment struct) {
        XferI view = new XferI(struct, model);
        return "frames=" + view.frames() + ", result=" + view.result();
    }

    private String info(MemorySegment struct) {
        PcmInfo view = new PcmInfo(struct);
        return "card=%d, device=%d, subdevice=%d, id=%s"
                .formatted(view.card(), view.device(), view.subdevice(), view.id());
    }

    private String channelInfo(MemorySegment struct) {
        PcmChannelInfo view = new PcmChannelInfo(struct, model);
        return "channel=%d, offset=%d, first=%d, step=%d"
                .formatted(view.channel(), view.offset(), view.first(), view.step());
    }

    private String status(MemorySegment struct) {
        PcmStatus view = new PcmStatus(struct, model);
        return "state=%s, appl_ptr=%d, hw_ptr=%d, delay=%d, avail=%d"
                .formatted(
                        state(view.state()),
                        view.applPtr(),
                        view.hwPtr(),
                        view.delay(),
                        view.avail());
    }

    private String syncPtr(MemorySegment struct) {
        SyncPtr view = new SyncPtr(struct, model);
        return "state=%s, hw_ptr=%d, appl_ptr=%d, avail_min=%d"
                .formatted(state(view.state()), view.hwPtr(), view.applPtr(), view.availMin());
    }

    private static String state(int code) {
        PcmState state = PcmState.of(code);
        return state == null ? Integer.toString(code) : state.name();
    }

    private String swParams(MemorySegment struct) {
        SwParams view = new SwParams(struct, model);
        return "start=%s, stop=%s, avail_min=%s, silence=%s/%s, boundary=%s"
                .formatted(
                        Long.toUnsignedString(view.startThreshold()),
                        Long.toUnsignedString(view.stopThreshold()),
                        Long.toUnsignedString(view.availMin()),
                        Long.toUnsignedString(view.silenceSize()),
                        Long.toUnsignedString(view.silenceThreshold()),
                        Long.toUnsignedString(view.boundary()));
    }

    private String hwParams(MemorySegment struct) {
        HwParams view = new HwParams(struct, model);
        StringJoiner all = new StringJoiner(", ");
        all.add("access=" + names(view.maskLow64(HwParam.ACCESS), PcmCallText::access));
        all.add("format=" + names(view.maskLow64(HwParam.FORMAT), PcmCallText::format));
        for (HwParam param :
                new HwParam[] {
                    HwParam.CHANNELS, HwParam.RATE, HwParam.PERIOD_SIZE, HwParam.BUFFER_SIZE
                }) {
            all.add(param.name().toLowerCase(Locale.ROOT) + "=" + interval(view, param));
        }
        return all.toString();
    }

    private static String interval(HwParams view, HwParam param) {
        long min = view.intervalMin(param);
        long max = view.intervalMax(param);
        if (min == max) {
            return Long.toString(min);
        }
        return min == 0 && max == NO_INTERVAL_MAX ? "any" : min + "-" + max;
    }

    @FunctionalInterface
    private interface Names {
        @Nullable String of(int code);
    }

    private static String names(long mask, Names names) {
        if (mask == -1) {
            return "any";
        }
        StringJoiner all = new StringJoiner("+");
        for (int code = 0; code < Long.SIZE; code++) {
            if ((mask & (1L << code)) != 0) {
                String name = names.of(code);
                all.add(name == null ? Integer.toString(code) : name);
            }
        }
        return all.toString();
    }

    private static @Nullable String access(int code) {
        PcmAccess access = PcmAccess.of(code);
        return access == null ? null : access.name();
    }

    private static @Nullable String format(int code) {
        PcmFormat format = PcmFormat.of(code);
        return format == null ? null : format.name();
    }
}
