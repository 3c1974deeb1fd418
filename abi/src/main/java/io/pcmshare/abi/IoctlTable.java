package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** Finds the constant that belongs to a request number. A lookup allocates nothing. */
final class IoctlTable<E extends Ioctl> {
    private final Map<DataModel, Numbers<E>> byModel = new EnumMap<>(DataModel.class);

    /** Constants in the order of their numbers. */
    private static final class Numbers<E extends Ioctl> {
        private final int[] requests;
        private final E[] ioctls;

        Numbers(int[] requests, E[] ioctls) {
            this.requests = requests;
            this.ioctls = ioctls;
        }

        @Nullable E find(int request) {
            int at = Arrays.binarySearch(requests, request);
            return at < 0 ? null : ioctls[at];
        }
    }

    IoctlTable(E[] ioctls) {
        for (DataModel model : DataModel.values()) {
            byModel.put(model, numbers(ioctls, model));
        }
    }

    private static <E extends Ioctl> Numbers<E> numbers(E[] ioctls, DataModel model) {
        E[] ordered = ioctls.clone();
        Arrays.sort(ordered, Comparator.comparingInt(ioctl -> ioctl.request(model)));
        int[] requests = Arrays.stream(ordered).mapToInt(ioctl -> ioctl.request(model)).toArray();
        for (int i = 1; i < requests.length; i++) {
            if (requests[i] == requests[i - 1]) {
                throw new IllegalStateException(
                        "model=" + model + ", ioctl=" + ordered[i] + ", other=" + ordered[i - 1]);
            }
        }
        return new Numbers<>(requests, ordered);
    }

    @Nullable E find(int request, DataModel model) {
        Numbers<E> numbers = byModel.get(model);
        return numbers == null ? null : numbers.find(request);
    }
}
