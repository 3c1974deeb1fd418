package io.pcmshare.server.guest;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.pcmshare.share.wire.ProtocolException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is said when programs are handed over. Every message is 256 bytes, in the machine's byte
 * order:
 *
 * <pre>
 *   0        4       6       8        12                                    256
 *  +--------+-------+-------+--------+--------------------------------------+
 *  | magic  | vers. | type  | number | text, UTF-8, the rest of it 0        |
 *  +--------+-------+-------+--------+--------------------------------------+
 * </pre>
 *
 * @param type what is said
 * @param number {@code PROGRAM}: questions that are answered with no; {@code REFUSED}: an errno;
 *     otherwise 0
 * @param text {@code REFUSED}: why, for people; otherwise empty
 */
record GuestMessage(Type type, int number, String text) {
    /** What is said. */
    enum Type {
        /** Who connects would like to hand programs over. */
        HELLO(1),
        /** He may. */
        WELCOME(2),
        /** The listener comes with this, the only descriptor. */
        PROGRAM(3),
        /** The programs are served from now on, until the connection ends. */
        SERVED(4),
        /** He may not, and the connection ends. */
        REFUSED(5),
        /** The last of the programs is gone, and the connection ends. */
        ENDED(6);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    /** Bytes of every message. */
    static final int BYTES = 256;

    /** {@code PCMG} in memory, on a little-endian machine. */
    static final int MAGIC = 0x474D4350;

    private static final short VERSION = 1;
    private static final int TEXT_AT = 12;
    private static final int TEXT_BYTES = BYTES - TEXT_AT;

    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("magic"),
                    JAVA_SHORT.withName("version"),
                    JAVA_SHORT.withName("type"),
                    JAVA_INT.withName("number"),
                    MemoryLayout.sequenceLayout(TEXT_BYTES, JAVA_BYTE).withName("text"));
    private static final VarHandle MAGIC_FIELD = field("magic");
    private static final VarHandle VERSION_FIELD = field("version");
    private static final VarHandle TYPE = field("type");
    private static final VarHandle NUMBER = field("number");

    private static VarHandle field(String name) {
        return LAYOUT.varHandle(PathElement.groupElement(name));
    }

    static GuestMessage of(Type type) {
        return new GuestMessage(type, 0, "");
    }

    static GuestMessage refused(int errno, String why) {
        return new GuestMessage(Type.REFUSED, errno, why);
    }

    /** Room for one. */
    static MemorySegment room(Arena arena) {
        return arena.allocate(LAYOUT);
    }

    /** Writes it; of a text that is too long the beginning. */
    void encode(MemorySegment into) {
        into.fill((byte) 0);
        MAGIC_FIELD.set(into, 0L, MAGIC);
        VERSION_FIELD.set(into, 0L, VERSION);
        TYPE.set(into, 0L, (short) type.code);
        NUMBER.set(into, 0L, number);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_BYTES);
        MemorySegment.copy(bytes, 0, into, JAVA_BYTE, TEXT_AT, length);
    }

    /**
     * Reads one.
     *
     * @param length bytes that arrived
     * @throws ProtocolException when they are no message
     */
    static GuestMessage decode(MemorySegment from, long length) throws ProtocolException {
        if (length != BYTES) {
            throw new ProtocolException("bytes=" + length);
        }
        int magic = (int) MAGIC_FIELD.get(from, 0L);
        short version = (short) VERSION_FIELD.get(from, 0L);
        if (magic != MAGIC || version != VERSION) {
            throw new ProtocolException(
                    "magic=0x" + Integer.toHexString(magic) + ", version=" + version);
        }
        short code = (short) TYPE.get(from, 0L);
        Type type =
                Arrays.stream(Type.values())
                        .filter(each -> each.code == code)
                        .findFirst()
                        .orElseThrow(() -> new ProtocolException("type=" + code));
        byte[] text = new byte[TEXT_BYTES];
        MemorySegment.copy(from, JAVA_BYTE, TEXT_AT, text, 0, TEXT_BYTES);
        String said = new String(text, StandardCharsets.UTF_8);
        int end = said.indexOf('\0');
        return new GuestMessage(
                type, (int) NUMBER.get(from, 0L), end < 0 ? said : said.substring(0, end));
    }
}
