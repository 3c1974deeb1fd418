package io.pcmshare.cards;

import io.pcmshare.abi.CtlElemValue;
import io.pcmshare.abi.CtlIoctl;
import io.pcmshare.abi.DataModel;
import io.pcmshare.core.ctl.Control;
import io.pcmshare.core.ctl.CtlFile;
import io.pcmshare.core.ctl.ElemId;
import io.pcmshare.core.user.SegmentMemory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Reads and writes a card's elements as a mixer program does. */
final class TestMixer {
    private final SoundCard card;
    private final CtlFile file;
    private final MemorySegment memory = MemorySegment.ofArray(new byte[2048]);

    TestMixer(SoundCard card) {
        this.card = card;
        this.file = card.controls().open(1);
    }

    /** Sets both values of an element of the mixer; the ioctl's answer. */
    int write(String name, long left, long right) {
        view(ElemId.mixer(name), left, right);
        return call(CtlIoctl.ELEM_WRITE);
    }

    /** Sets an element of substream 0 of a device; the ioctl's answer. */
    int write(int device, String name, long value) {
        view(ElemId.pcm(device, 0, name), value, 0);
        return call(CtlIoctl.ELEM_WRITE);
    }

    /** An element of substream 0 of a device. */
    long read(int device, String name) {
        CtlElemValue view = view(ElemId.pcm(device, 0, name), 0, 0);
        Streams.check(call(CtlIoctl.ELEM_READ));
        return view.integer(0);
    }

    /** What a cable shows of its player on the device that records. */
    String shown() {
        return "active="
                + read(1, "PCM Slave Active")
                + " format="
                + read(1, "PCM Slave Format")
                + " rate="
                + read(1, "PCM Slave Rate")
                + " channels="
                + read(1, "PCM Slave Channels");
    }

    /** Fills in what the ioctl gets. */
    private CtlElemValue view(ElemId id, long left, long right) {
        Control control = Objects.requireNonNull(card.controls().find(id), id.name());
        CtlElemValue view = new CtlElemValue(memory.fill((byte) 0), DataModel.LP64);
        view.id().numid(control.numid());
        view.integer(0, left);
        view.integer(1, right);
        return view;
    }

    private int call(CtlIoctl ioctl) {
        return file.ioctl(ioctl.request(DataModel.LP64), 0, new SegmentMemory(memory, 0), false);
    }
}
