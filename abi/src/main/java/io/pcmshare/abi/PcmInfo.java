package io.pcmshare.abi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * View of {@code struct snd_pcm_info}: which device and substream this is. Kernel: sound/asound.h,
 * protocol 2.0.15; 288 bytes in every model.
 */
public final class PcmInfo {
    private static final Layouts LAYOUTS =
            Layouts.of(
                    "snd_pcm_info",
                    members ->
                            members.ints("device", "subdevice", "stream", "card")
                                    .bytes("id", 64)
                                    .bytes("name", 80)
                                    .bytes("subname", 32)
                                    .ints("dev_class", "dev_subclass")
                                    .ints("subdevices_count", "subdevices_avail")
                                    .array("sync", 4, ValueLayout.JAVA_INT)
                                    .bytes("reserved", 64));

    /** The layout, the same in every {@link DataModel}. */
    public static final StructLayout LAYOUT = LAYOUTS.lp64();

    private static final DataModel ANY = DataModel.LP64;
    private static final IntField DEVICE = LAYOUTS.intField("device");
    private static final IntField SUBDEVICE = LAYOUTS.intField("subdevice");
    private static final IntField STREAM = LAYOUTS.intField("stream");
    private static final IntField CARD = LAYOUTS.intField("card");
    private static final TextField ID = TextField.of(LAYOUT, "id");
    private static final TextField NAME = TextField.of(LAYOUT, "name");
    private static final TextField SUBNAME = TextField.of(LAYOUT, "subname");
    private static final IntField DEV_CLASS = LAYOUTS.intField("dev_class");
    private static final IntField DEV_SUBCLASS = LAYOUTS.intField("dev_subclass");
    private static final IntField SUBDEVICES_COUNT = LAYOUTS.intField("subdevices_count");
    private static final IntField SUBDEVICES_AVAIL = LAYOUTS.intField("subdevices_avail");
    private static final int SYNC_WORDS = 4;
    private static final long SYNC = LAYOUTS.offset("sync").lp64();

    private final MemorySegment segment;

    /** A view of the first bytes of {@code segment}, which may have any alignment. */
    public PcmInfo(MemorySegment segment) {
        this.segment = segment.asSlice(0, LAYOUT.byteSize());
    }

    static Layouts layouts() {
        return LAYOUTS;
    }

    /** Sets every byte to 0. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** Number of the device. */
    public int device() {
        return DEVICE.get(segment, ANY);
    }

    /** Stores {@code device}. */
    public void device(int value) {
        DEVICE.set(segment, ANY, value);
    }

    /** Number of the substream. */
    public int subdevice() {
        return SUBDEVICE.get(segment, ANY);
    }

    /** Stores {@code subdevice}. */
    public void subdevice(int value) {
        SUBDEVICE.set(segment, ANY, value);
    }

    /** Direction, a {@link PcmStream}. */
    public int stream() {
        return STREAM.get(segment, ANY);
    }

    /** Stores {@code stream}. */
    public void stream(int value) {
        STREAM.set(segment, ANY, value);
    }

    /** Number of the card. */
    public int card() {
        return CARD.get(segment, ANY);
    }

    /** Stores {@code card}. */
    public void card(int value) {
        CARD.set(segment, ANY, value);
    }

    /** Short name of the device. */
    public String id() {
        return ID.get(segment);
    }

    /** Stores {@code id}. */
    public void id(String text) {
        ID.set(segment, text);
    }

    /** Name of the device. */
    public String name() {
        return NAME.get(segment);
    }

    /** Stores {@code name}. */
    public void name(String text) {
        NAME.set(segment, text);
    }

    /** Name of the substream. */
    public String subname() {
        return SUBNAME.get(segment);
    }

    /** Stores {@code subname}. */
    public void subname(String text) {
        SUBNAME.set(segment, text);
    }

    /** {@code SNDRV_PCM_CLASS_*}; 0 is a plain device. */
    public int devClass() {
        return DEV_CLASS.get(segment, ANY);
    }

    /** Stores {@code dev_class}. */
    public void devClass(int value) {
        DEV_CLASS.set(segment, ANY, value);
    }

    /** {@code SNDRV_PCM_SUBCLASS_*}. */
    public int devSubclass() {
        return DEV_SUBCLASS.get(segment, ANY);
    }

    /** Stores {@code dev_subclass}. */
    public void devSubclass(int value) {
        DEV_SUBCLASS.set(segment, ANY, value);
    }

    /** Substreams in this direction. */
    public int subdevicesCount() {
        return SUBDEVICES_COUNT.get(segment, ANY);
    }

    /** Stores {@code subdevices_count}. */
    public void subdevicesCount(int value) {
        SUBDEVICES_COUNT.set(segment, ANY, value);
    }

    /** Substreams nobody has open. */
    public int subdevicesAvail() {
        return SUBDEVICES_AVAIL.get(segment, ANY);
    }

    /** Stores {@code subdevices_avail}. */
    public void subdevicesAvail(int value) {
        SUBDEVICES_AVAIL.set(segment, ANY, value);
    }

    /** One of the four words of the id that says which substreams start in step. */
    public int syncWord(int index) {
        return segment.get(ValueLayout.JAVA_INT_UNALIGNED, syncOffset(index));
    }

    /** Stores one of the four words of {@code sync}. */
    public void syncWord(int index, int value) {
        segment.set(ValueLayout.JAVA_INT_UNALIGNED, syncOffset(index), value);
    }

    private static long syncOffset(int index) {
        return SYNC + (long) Objects.checkIndex(index, SYNC_WORDS) * Integer.BYTES;
    }
}
