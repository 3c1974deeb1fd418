package io.pcmshare.share;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PermMode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A set of rights. Immutable; {@link #and} and {@link #without} are the only ways from one to
 * another, so that no sequence of calls widens.
 *
 * @param bits one for each {@link Right}, by its code
 */
public record Permissions(long bits) {
    private static final long KNOWN = bitsOf(Arrays.asList(Right.values()));

    /** What no group of a dup's argument leaves out: that was not asked. */
    private static final long PEOPLE =
            bitsOf(List.of(Right.PLAY, Right.RECORD_MICROPHONE, Right.RECORD_PROGRAMS));

    /** The sign bit of a dup's mode says that the others are a mask of groups. */
    private static final int CARRIES_GROUPS = Integer.MIN_VALUE;

    /** Every group: then nothing is missing. */
    private static final int ALL_GROUPS = (1 << Permission.values().length) - 1;

    /** Nothing. */
    public static final Permissions NONE = new Permissions(0);

    /** Everything: {@link PermMode#FULL}. */
    public static final Permissions FULL = new Permissions(KNOWN);

    /** The ring and nothing else: {@link PermMode#BUFFER}. */
    public static final Permissions BUFFER = of(Permission.MAP_BUFFER);

    /** The ring and both pages, no calls: all that playing needs. */
    public static final Permissions PAGES =
            of(Permission.MAP_BUFFER, Permission.MAP_STATUS, Permission.MAP_CONTROL);

    /**
     * The set that bits stand for, as the wire carries them.
     *
     * @throws IllegalArgumentException on a bit that stands for nothing
     */
    public Permissions {
        if ((bits & ~KNOWN) != 0) {
            throw new IllegalArgumentException("permissions=0x" + Long.toHexString(bits));
        }
    }

    private static long bitsOf(Iterable<Right> rights) {
        long bits = 0;
        for (Right right : rights) {
            bits |= right.bit();
        }
        return bits;
    }

    /** Exactly these groups, whatever people would say of it. */
    public static Permissions of(Permission... groups) {
        long bits = PEOPLE;
        for (Permission group : groups) {
            bits |= bitsOf(group.rights());
        }
        return new Permissions(bits);
    }

    /** Exactly these. */
    public static Permissions ofRights(Right... rights) {
        return new Permissions(bitsOf(Arrays.asList(rights)));
    }

    /** What a permission mode of the 2019 patches stands for. */
    public static Permissions of(PermMode mode) {
        return switch (mode) {
            case FULL -> FULL;
            case BUFFER -> BUFFER;
        };
    }

    /**
     * What the argument of {@code ANONYMOUS_DUP} asks for: a mode of February 2019, or a mask of
     * groups with the top bit set.
     *
     * @return {@code null} for neither: {@code EINVAL}
     */
    public static @Nullable Permissions ofDupMode(int mode) {
        if (mode >= 0) {
            PermMode asked = PermMode.of(mode);
            return asked == null ? null : of(asked);
        }
        int groups = mode & ~CARRIES_GROUPS;
        if (groups == 0 || (groups & ~ALL_GROUPS) != 0) {
            return null;
        }
        if (groups == ALL_GROUPS) {
            return FULL;
        }
        return of(
                Arrays.stream(Permission.values())
                        .filter(group -> (groups & group.bit()) != 0)
                        .toArray(Permission[]::new));
    }

    /** Whether it holds one. */
    public boolean has(Right right) {
        return (bits & right.bit()) != 0;
    }

    /** Whether it holds all of a group. */
    public boolean has(Permission group) {
        long all = bitsOf(group.rights());
        return (bits & all) == all;
    }

    /** Whether it opens the ring and nothing else. */
    public boolean isBufferOnly() {
        long ring = bitsOf(Permission.MAP_BUFFER.rights());
        return (bits & ring) != 0 && (bits & ~PEOPLE & ~ring) == 0;
    }

    /** Whether there is nothing that could be done with it. */
    public boolean isUseless() {
        return (bits & ~PEOPLE) == 0;
    }

    /** Whether it holds everything that {@code other} holds. */
    public boolean covers(Permissions other) {
        return (other.bits & ~bits) == 0;
    }

    /** What both hold. */
    public Permissions and(Permissions other) {
        return new Permissions(bits & other.bits);
    }

    /** What is left without these. */
    public Permissions without(Right... rights) {
        return new Permissions(bits & ~bitsOf(Arrays.asList(rights)));
    }

    /** The calls that it opens. */
    public Set<PcmIoctl> ioctls() {
        Set<PcmIoctl> open = EnumSet.noneOf(PcmIoctl.class);
        for (Right right : Right.values()) {
            PcmIoctl ioctl = right.ioctl();
            if (ioctl != null && has(right)) {
                open.add(ioctl);
            }
        }
        return open;
    }

    /** The names, comma-separated: of groups where all of one is there, else of each right. */
    @Override
    public String toString() {
        if (bits == KNOWN) {
            return "everything";
        }
        List<String> names = new ArrayList<>();
        long left = bits;
        for (Permission group : Permission.values()) {
            if (has(group)) {
                names.add(group.name());
                left &= ~bitsOf(group.rights());
            }
        }
        if ((left & PEOPLE) == PEOPLE) {
            left &= ~PEOPLE; // nothing was said about people
        }
        for (Right right : Right.values()) {
            if ((left & right.bit()) != 0) {
                names.add(right.name());
            }
        }
        return names.isEmpty() ? "nothing" : String.join(",", names);
    }
}
