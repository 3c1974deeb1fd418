package io.pcmshare.sys;

import java.util.ArrayList;
import java.util.List;

/** Names of the seals of a memory file. Man page: fcntl(2), File Sealing. */
public final class Seals {
    private static final String[] NAMES = {
        "SEAL", "SHRINK", "GROW", "WRITE", "FUTURE_WRITE", "EXEC"
    };

    private Seals() {}

    /** The names in a mask, {@code "SEAL SHRINK GROW"}; empty if it is zero. */
    public static String names(int seals) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((seals & 1 << bit) != 0) {
                names.add(bit < NAMES.length ? NAMES[bit] : "bit " + bit);
            }
        }
        return String.join(" ", names);
    }
}
