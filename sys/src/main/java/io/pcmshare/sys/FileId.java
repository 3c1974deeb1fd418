package io.pcmshare.sys;

/**
 * Which file: two descriptors are of the same one when these are equal.
 *
 * @param device number of its file system, as {@link #device(int, int)} makes it
 * @param inode number within it
 */
public record FileId(long device, long inode) {
    /** One number of a major and a minor one. */
    static long device(int major, int minor) {
        return (long) major << Integer.SIZE | Integer.toUnsignedLong(minor);
    }
}
