package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.IoctlSet;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.owner.SharedRegion;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Memfd;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes further descriptors of a substream: the anonymous dups of 2019. Each is open before it is
 * installed.
 */
final class Dups {
    private static final int O_ACCMODE = 3;

    private static final AtomicLong NEXT_MARK = new AtomicLong(Swaps.MARK + 1);

    private Dups() {}

    /** A mark that no other open file of ours has. */
    static long nextMark() {
        return NEXT_MARK.getAndIncrement();
    }

    /**
     * An anonymous dup.
     *
     * @param january whether it was asked for by the number of January 2019
     * @return its number, or a negated errno
     */
    static long make(PcmSound sound, FileCaller caller, int mode, boolean january) {
        if (january) {
            return mode == 0
                    ? make(sound, caller, Permissions.FULL)
                    : refused(sound, mode, Errno.ENOSYS);
        }
        Permissions asked = Permissions.ofDupMode(mode);
        return asked == null ? refused(sound, mode, Errno.EINVAL) : make(sound, caller, asked);
    }

    private static long refused(PcmSound sound, int mode, Errno errno) {
        sound.ledger()
                .refused(
                        sound, Permissions.NONE, "ANONYMOUS_DUP mode=" + mode + " " + errno.name());
        return errno.negated();
    }

    /** Whatever is asked for: never more than the parent may. */
    private static long make(PcmSound sound, FileCaller caller, Permissions asked) {
        Permissions granted = sound.permissions().and(asked);
        if (granted.isUseless()) {
            sound.ledger().refused(sound, asked, "ANONYMOUS_DUP " + Errno.EPERM.name());
            return Errno.EPERM.negated();
        }
        long answer =
                granted.isBufferOnly()
                        ? buffer(sound, caller, granted)
                        : dup(sound, caller, granted);
        if (answer >= 0) {
            sound.ledger().narrowed(sound, granted);
        }
        return answer;
    }

    private static @Nullable SharedRegion ringOf(PcmSound sound) {
        return sound.file().memory().regions().data() instanceof SharedRegion ring ? ring : null;
    }

    /** {@code anon_inode:snd-pcm}: another open file, which may make calls. */
    private static long dup(PcmSound sound, FileCaller caller, Permissions granted) {
        int flags = flagsOf(sound, caller);
        if (flags < 0) {
            return flags;
        }
        try {
            PcmFile file = sound.file().dup(IoctlSet.of(granted.ioctls()));
            SoundFile.Opened opened = openedAs("anon_inode:snd-pcm", flags, sound);
            return caller.open(
                    opened,
                    !file.substream().isCapture(),
                    pipe -> sound.sibling(opened, pipe, file, granted),
                    file::close);
        } catch (PcmOpenException e) {
            return e.errno().negated();
        }
    }

    /** A descriptor of the ring: its number, or a negated errno. */
    private static long buffer(PcmSound sound, FileCaller caller, Permissions granted) {
        int flags = flagsOf(sound, caller);
        if (flags < 0) {
            return flags;
        }
        PcmFile file;
        try {
            file = sound.file().dup(IoctlSet.NONE);
        } catch (PcmOpenException e) {
            return e.errno().negated();
        }
        long mark = nextMark();
        SharedRegion ring = ringOf(sound);
        // before there is a ring: a name to hold on to, and the ring when it is mapped
        try (Fd placeholder = ring == null ? Memfd.create(SharedRegion.DATA_NAME, 0) : null;
                Fd memory = open(ring == null ? placeholder : ring.borrowFd(), flags, mark)) {
            memory.setFlags(flags & (Fd.O_NONBLOCK | Fd.O_APPEND));
            SoundFile.Opened opened = openedAs("anon_inode:snd-pcm-buf", flags, sound);
            // as on the kernel; and write(2) by somebody whom we do not supervise then fails
            memory.setFlags(flags & (Fd.O_APPEND | Fd.O_NONBLOCK));
            BufferFile.Memory kept =
                    new BufferFile.Memory(memory.id(), memory.reopen(Fd.O_RDONLY), mark);
            BufferFile made = new BufferFile(opened, kept, file, sound, granted);
            long number = caller.install(memory, true);
            if (number < 0) {
                kept.unmarked().close();
                file.close();
            } else {
                caller.opened(made);
            }
            return number;
        } catch (IOException e) {
            file.close();
            return SoundFile.errnoOf(e);
        }
    }

    private static Fd open(@Nullable Fd memory, int flags, long mark) throws IOException {
        if (memory == null) {
            throw new IOException("no memory"); // one of the two is always there
        }
        return Swaps.open(memory, flags, mark);
    }

    /** The parent's access mode and {@code O_NONBLOCK} of now, and {@code O_APPEND}. */
    static int flagsOf(PcmSound sound, FileCaller caller) {
        int now = caller.descriptorFlags();
        return now < 0
                ? now
                : (sound.opened().openFlags() & O_ACCMODE) | (now & Fd.O_NONBLOCK) | Fd.O_APPEND;
    }

    /** How a file came to be that was made of another. */
    static SoundFile.Opened openedAs(String text, int flags, PcmSound parent) {
        return new SoundFile.Opened(text, flags, parent.opened().pid(), parent.opened().program());
    }
}
