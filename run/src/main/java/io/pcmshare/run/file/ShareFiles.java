package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.buffer.BufferResult;
import io.pcmshare.share.buffer.ShareBuffer;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.OfdLock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Exports, attaches and detaches share buffers, as the dma-buf proposal of 2019 does. */
final class ShareFiles {
    private static final String NAME = "/dmabuf:";

    private ShareFiles() {}

    /** A share buffer of the ring, which must be there: its number, or a negated errno. */
    static long export(PcmSound sound, FileCaller caller) {
        return switch (caller.shares().buffers().export(sound.file())) {
            case BufferResult.Refused(Errno errno) -> errno.negated();
            case BufferResult.Made(ShareBuffer buffer) -> {
                long number = give(sound, caller, buffer);
                if (number < 0) {
                    buffer.close();
                }
                yield number;
            }
        };
    }

    private static long give(PcmSound sound, FileCaller caller, ShareBuffer buffer) {
        int flags = Dups.flagsOf(sound, caller);
        if (flags < 0) {
            return flags;
        }
        long mark = Dups.nextMark();
        Fd dmaBuf = tryDmaBuf(buffer, mark);
        try (Fd memory = dmaBuf != null ? dmaBuf : memory(buffer, flags, mark)) {
            SoundFile.Opened opened = Dups.openedAs(NAME, flags, sound);
            ShareFile file = new ShareFile(opened, memory.id(), mark, dmaBuf != null, buffer);
            long number = caller.install(memory, false);
            if (number >= 0) {
                caller.opened(file);
            }
            return number;
        } catch (IOException e) {
            return SoundFile.errnoOf(e);
        }
    }

    /** A dma-buf of the kernel; {@code null} where it has none of this size for us. */
    private static @Nullable Fd tryDmaBuf(ShareBuffer buffer, long mark) {
        try {
            return dmaBuf(buffer, mark);
        } catch (IOException none) {
            return null; // then it is the memory file, which programs map alike
        }
    }

    private static Fd dmaBuf(ShareBuffer buffer, long mark) throws IOException {
        Fd made = buffer.dmaBuf();
        try {
            OfdLock.markReadable(made, mark);
            return made;
        } catch (ErrnoException e) {
            made.close();
            throw e;
        }
    }

    private static Fd memory(ShareBuffer buffer, int flags, long mark) throws IOException {
        Fd memory = Swaps.open(buffer.borrowFd(), flags, mark);
        // so that write(2) by somebody whom we do not supervise fails
        memory.setFlags(flags & (Fd.O_APPEND | Fd.O_NONBLOCK));
        return memory;
    }

    /** Makes a share buffer the ring of a stream; 0 or a negated errno. */
    static long attach(PcmSound sound, FileCaller caller, int descriptor) {
        if (!(caller.file(descriptor) instanceof ShareFile share)) {
            return Errno.EINVAL.negated();
        }
        long answer = share.buffer().attach(sound.file());
        sound.stream().ringReplaced(sound.file().memory());
        return answer;
    }

    static long detach(PcmSound sound, FileCaller caller) {
        long answer = caller.shares().buffers().detach(sound.file());
        sound.stream().ringReplaced(sound.file().memory());
        return answer;
    }
}
