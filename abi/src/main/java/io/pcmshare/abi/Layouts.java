package io.pcmshare.abi;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The three layouts of one struct, and the fields that a view reads and writes through them. */
record Layouts(StructLayout lp64, StructLayout ilp32, StructLayout ilp32Time64) {
    static Layouts of(String name, UnaryOperator<StructBuilder> members) {
        return new Layouts(
                members.apply(new StructBuilder(DataModel.LP64)).build(name),
                members.apply(new StructBuilder(DataModel.ILP32)).build(name),
                members.apply(new StructBuilder(DataModel.ILP32_TIME64)).build(name));
    }

    StructLayout of(DataModel model) {
        return switch (model) {
            case LP64 -> lp64;
            case ILP32 -> ilp32;
            case ILP32_TIME64 -> ilp32Time64;
        };
    }

    /** Offset of a member, in bytes. {@code path} is a name, or names joined by dots. */
    PerModel offset(String path) {
        PathElement[] elements =
                Arrays.stream(path.split("\\.", -1))
                        .map(MemoryLayout.PathElement::groupElement)
                        .toArray(PathElement[]::new);
        return PerModel.of(model -> of(model).byteOffset(elements));
    }

    IntField intField(String path) {
        return new IntField(offset(path));
    }

    WordField wordField(String path) {
        return new WordField(offset(path));
    }

    TimespecField timespecField(String path) {
        return new TimespecField(offset(path));
    }
}
