package io.pcmshare.run.node;

import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.SoftwareParams;
import io.pcmshare.core.pcm.StatusReport;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.core.pcm.Substream;

/**
 * What {@code /proc/asound/card*}{@code /pcm*}{@code /sub*} says. Kernel: sound/core/pcm.c,
 * snd_pcm_substream_proc_*_read().
 */
final class StreamTexts {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String CLOSED = "closed\n";
    private static final String NO_SETUP = "no setup\n";

    private final OpenStreams streams;

    StreamTexts(OpenStreams streams) {
        this.streams = streams;
    }

    static String info(PcmDevice device, PcmStream stream, int subdevice) {
        return "card: %d\ndevice: %d\nsubdevice: %d\nstream: %s\nid: %s\nname: %s\nsubname: subdevice #%d\nclass: 0\nsubclass: 0\nsubdevices_count: %d\nsubdevices_avail: %d\n"
                .formatted(
                        device.card().number(),
                        device.number(),
                        subdevice,
                        stream.name(),
                        device.id(),
                        device.name(),
                        subdevice,
                        device.subdevicesCount(stream),
                        device.subdevicesAvail(stream));
    }

    String hwParams(Substream substream) {
        OpenStreams.Holder holder = streams.holder(substream);
        if (holder == null) {
            return CLOSED;
        }
        PcmFile file = holder.file();
        if (!isConfigured(file)) {
            return NO_SETUP;
        }
        StreamParams params = file.params();
        return "access: %s\nformat: %s\nsubformat: STD\nchannels: %d\nrate: %d (%d/1)\nperiod_size: %d\nbuffer_size: %d\n"
                .formatted(
                        params.access().name(),
                        params.format().name(),
                        params.channels(),
                        params.rate(),
                        params.rate(),
                        params.periodSize(),
                        params.bufferSize());
    }

    String swParams(Substream substream) {
        OpenStreams.Holder holder = streams.holder(substream);
        if (holder == null) {
            return CLOSED;
        }
        PcmFile file = holder.file();
        if (!isConfigured(file)) {
            return NO_SETUP;
        }
        SoftwareParams params = file.currentSwParams();
        return "tstamp_mode: %s\nperiod_step: %d\navail_min: %s\nstart_threshold: %s\nstop_threshold: %s\nsilence_threshold: %s\nsilence_size: %s\nboundary: %s\n"
                .formatted(
                        params.tstampMode().name(),
                        params.periodStep(),
                        Long.toUnsignedString(params.availMin()),
                        Long.toUnsignedString(params.startThreshold()),
                        Long.toUnsignedString(params.stopThreshold()),
                        Long.toUnsignedString(params.silenceThreshold()),
                        Long.toUnsignedString(params.silenceSize()),
                        Long.toUnsignedString(file.geometry().boundary()));
    }

    String status(Substream substream) {
        OpenStreams.Holder holder = streams.holder(substream);
        if (holder == null) {
            return CLOSED;
        }
        StatusReport status = holder.file().status();
        return "state: %s\nowner_pid   : %d\ntrigger_time: %s\ntstamp      : %s\ndelay       : %d\navail       : %d\navail_max   : %d\n-----\nhw_ptr      : %d\nappl_ptr    : %d\n"
                .formatted(
                        status.state().name(),
                        holder.pid(),
                        time(status.triggerNanos()),
                        time(status.tstampNanos()),
                        status.delay(),
                        status.avail(),
                        status.availMax(),
                        status.hwPtr(),
                        status.applPtr());
    }

    /** A line for each open file; not the kernel's: {@code docs/permissions.md}. */
    String grants(Substream substream) {
        StringBuilder text = new StringBuilder();
        for (OpenStreams.Holder holder : streams.holders(substream)) {
            text.append(
                    "%s[%d] %s %s%n"
                            .formatted(
                                    holder.program(),
                                    holder.pid(),
                                    holder.link(),
                                    holder.permissions()));
        }
        return text.isEmpty() ? CLOSED : text.toString();
    }

    private static boolean isConfigured(PcmFile file) {
        return file.state() != PcmState.OPEN && file.state() != PcmState.DISCONNECTED;
    }

    private static String time(long nanos) {
        return "%d.%09d".formatted(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }
}
