package io.pcmshare.abi;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Finds the constant that belongs to a request number. */
final class IoctlTable<E extends Ioctl> {
    private final Map<DataModel, Map<Integer, E>> byRequest = new EnumMap<>(DataModel.class);

    IoctlTable(E[] ioctls) {
        for (DataModel model : DataModel.values()) {
            Map<Integer, E> requests = new HashMap<>();
            for (E ioctl : ioctls) {
                E other = requests.put(ioctl.request(model), ioctl);
                if (other != null) {
                    throw new IllegalStateException(
                            "model=" + model + ", ioctl=" + ioctl + ", other=" + other);
                }
            }
            byRequest.put(model, Map.copyOf(requests));
        }
    }

    @Nullable E find(int request, DataModel model) {
        return byRequest.getOrDefault(model, Map.of()).get(request);
    }
}
