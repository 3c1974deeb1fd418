package io.pcmshare.abi;

import java.util.function.ToLongFunction;

/** One number (an offset or a size, in bytes) for each {@link DataModel}. */
record PerModel(long lp64, long ilp32, long ilp32Time64) {
    static PerModel of(ToLongFunction<DataModel> number) {
        return new PerModel(
                number.applyAsLong(DataModel.LP64),
                number.applyAsLong(DataModel.ILP32),
                number.applyAsLong(DataModel.ILP32_TIME64));
    }

    long get(DataModel model) {
        return switch (model) {
            case LP64 -> lp64;
            case ILP32 -> ilp32;
            case ILP32_TIME64 -> ilp32Time64;
        };
    }
}
