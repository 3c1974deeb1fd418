package io.pcmshare.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A process that prints where it keeps a 1, waits for a line, and prints what is there then. */
final class MemoryHolder {
    private MemoryHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment word = arena.allocateFrom(JAVA_INT, 1);
            System.out.println(word.address());
            if (System.in.read() >= 0) {
                System.out.println(word.get(JAVA_INT, 0));
            }
        }
    }
}
