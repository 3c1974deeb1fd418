package io.pcmshare.core.ctl;

import io.pcmshare.abi.CtlElemInfo;
import io.pcmshare.abi.CtlElemType;

import java.util.List;

/**
 * Type, count and range of an element.
 *
 * @param type a boolean, an integer or an enumerated one
 * @param count values
 * @param min the least
 * @param max the greatest
 * @param step from one to the next; 0 leaves the member of the caller's struct as it is, as many
 *     drivers do
 * @param items names of the values of an enumerated one
 */
public record ElemShape(
        CtlElemType type, int count, long min, long max, long step, List<String> items) {
    /** Refuses what has no values. */
    public ElemShape {
        if (count <= 0 || max < min) {
            throw new IllegalArgumentException("count=" + count + ", min=" + min + ", max=" + max);
        }
        items = List.copyOf(items);
    }

    /** Switches. */
    public static ElemShape switches(int count) {
        return new ElemShape(CtlElemType.BOOLEAN, count, 0, 1, 0, List.of());
    }

    /** Whole numbers. */
    public static ElemShape integers(int count, long min, long max, long step) {
        return new ElemShape(CtlElemType.INTEGER, count, min, max, step, List.of());
    }

    /** One of several names. */
    public static ElemShape oneOf(String... items) {
        return new ElemShape(CtlElemType.ENUMERATED, 1, 0, items.length - 1L, 0, List.of(items));
    }

    void store(CtlElemInfo info) {
        info.type(type.code());
        info.count(count);
        if (type == CtlElemType.ENUMERATED) {
            int last = items.size() - 1;
            int item = Integer.compareUnsigned(info.item(), last) > 0 ? last : info.item();
            info.items(items.size());
            info.item(item);
            info.itemName(items.get(item));
        } else {
            info.range(min, max, step == 0 ? info.step() : step);
        }
    }
}
