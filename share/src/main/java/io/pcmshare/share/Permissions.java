package io.pcmshare.share;

import io.pcmshare.abi.PcmIoctl;
import io.pcmshare.abi.PermMode;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of permissions. Immutable; {@link #and} is the only way from one to another, so that no
 * sequence of calls widens.
 */
public final class Permissions {
    /** Everything: {@link PermMode#FULL}. */
    public static final Permissions FULL = new Permissions(EnumSet.allOf(Permission.class));

    /** The ring and nothing else: {@link PermMode#BUFFER}. */
    public static final Permissions BUFFER = of(Permission.MAP_BUFFER);

    /** The ring and both pages, no calls: all that playing needs. */
    public static final Permissions PAGES =
            of(Permission.MAP_BUFFER, Permission.MAP_STATUS, Permission.MAP_CONTROL);

    private final EnumSet<Permission> all;

    private Permissions(EnumSet<Permission> all) {
        this.all = all;
    }

    /** Exactly these. */
    public static Permissions of(Permission... permissions) {
        return new Permissions(
                permissions.length == 0
                        ? EnumSet.noneOf(Permission.class)
                        : EnumSet.copyOf(Set.of(permissions)));
    }

    /** What a permission mode of the 2019 patches stands for. */
    public static Permissions of(PermMode mode) {
        return switch (mode) {
            case FULL -> FULL;
            case BUFFER -> BUFFER;
        };
    }

    /**
     * The set that bits stand for.
     *
     * @throws IllegalArgumentException on a bit that stands for nothing
     */
    public static Permissions ofBits(long bits) {
        if ((bits & ~FULL.bits()) != 0) {
            throw new IllegalArgumentException("permissions=0x" + Long.toHexString(bits));
        }
        EnumSet<Permission> found = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if ((bits & permission.bit()) != 0) {
                found.add(permission);
            }
        }
        return new Permissions(found);
    }

    /** The set as bits. */
    public long bits() {
        return all.stream().mapToLong(Permission::bit).reduce(0, (a, b) -> a | b);
    }

    /** Whether it holds one. */
    public boolean has(Permission permission) {
        return all.contains(permission);
    }

    /** Whether it holds everything that {@code other} holds. */
    public boolean covers(Permissions other) {
        return all.containsAll(other.all);
    }

    /** What both hold. */
    public Permissions and(Permissions other) {
        EnumSet<Permission> both = EnumSet.copyOf(all);
        both.retainAll(other.all);
        return new Permissions(both);
    }

    /** The calls that it opens. */
    public Set<PcmIoctl> ioctls() {
        return all.stream()
                .flatMap(permission -> permission.ioctls().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** The names, comma-separated. */
    @Override
    public String toString() {
        return all.isEmpty()
                ? "none"
                : all.stream().map(Permission::name).collect(Collectors.joining(","));
    }
}
