package io.pcmshare.abi;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists the members of one C struct for one {@link DataModel}; padding is spelled out, as in C. */
final class StructBuilder {
    private final DataModel model;
    private final List<MemoryLayout> members = new ArrayList<>();

    StructBuilder(DataModel model) {
        this.model = model;
    }

    DataModel model() {
        return model;
    }

    /** {@code int} or {@code unsigned int} members. */
    StructBuilder ints(String... names) {
        for (String name : names) {
            members.add(ValueLayout.JAVA_INT.withName(name));
        }
        return this;
    }

    /** Members as wide as {@code long}: frames, sizes, pointers. */
    StructBuilder words(String... names) {
        for (String name : names) {
            members.add(wordLayout(model.longBytes()).withName(name));
        }
        return this;
    }

    /** {@code struct timespec} members. */
    StructBuilder timespecs(String... names) {
        for (String name : names) {
            members.add(Timespec.layout(model).withName(name));
        }
        return this;
    }

    /** An {@code unsigned char} array. */
    StructBuilder bytes(String name, long count) {
        return array(name, count, ValueLayout.JAVA_BYTE);
    }

    /** An array of {@code element}. */
    StructBuilder array(String name, long count, MemoryLayout element) {
        members.add(MemoryLayout.sequenceLayout(count, element).withName(name));
        return this;
    }

    /** {@code union { struct content; unsigned char reserved[bytes]; }}. */
    StructBuilder union(String name, StructLayout content, String contentName, long bytes) {
        MemoryLayout reserved = MemoryLayout.sequenceLayout(bytes, ValueLayout.JAVA_BYTE);
        members.add(
                MemoryLayout.unionLayout(
                                content.withName(contentName), reserved.withName("reserved"))
                        .withName(name));
        return this;
    }

    /** A member of any shape. */
    StructBuilder member(MemoryLayout layout) {
        members.add(layout);
        return this;
    }

    /** A union of structs, each with its name, and {@code unsigned char reserved[bytes]}. */
    StructBuilder union(String name, long bytes, StructLayout... contents) {
        MemoryLayout[] all = Arrays.copyOf(contents, contents.length + 1, MemoryLayout[].class);
        all[contents.length] =
                MemoryLayout.sequenceLayout(bytes, ValueLayout.JAVA_BYTE).withName("reserved");
        members.add(MemoryLayout.unionLayout(all).withName(name));
        return this;
    }

    /** Bytes nobody reads, where this model has any: the compiler's or the header's own padding. */
    StructBuilder pad(long lp64, long ilp32, long ilp32Time64) {
        long bytes = new PerModel(lp64, ilp32, ilp32Time64).get(model);
        if (bytes > 0) {
            members.add(MemoryLayout.paddingLayout(bytes));
        }
        return this;
    }

    StructLayout build(String name) {
        return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new)).withName(name);
    }

    /** {@code long long}, which i386 aligns to 4 bytes. */
    static ValueLayout int64Layout(DataModel model) {
        return ValueLayout.JAVA_LONG.withByteAlignment(model.longBytes());
    }

    /** A 4 or 8 byte integer. On i386 an 8 byte one is aligned to 4; there it is never a word. */
    static ValueLayout wordLayout(int bytes) {
        return bytes == Long.BYTES ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT;
    }
}
