package io.pcmshare.run.call;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmState;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.CardKind;
import io.pcmshare.core.ctl.CtlFile;
import io.pcmshare.core.pcm.BlockingCall;
import io.pcmshare.core.pcm.OpenFlags;
import io.pcmshare.core.pcm.PcmDevice;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.timer.TimerFile;
import io.pcmshare.core.timer.Timers;
import io.pcmshare.run.file.CtlSound;
import io.pcmshare.run.file.FileCaller.Resumable;
import io.pcmshare.run.file.FileTable;
import io.pcmshare.run.file.HwdepSound;
import io.pcmshare.run.file.PcmSound;
import io.pcmshare.run.file.SoundFile;
import io.pcmshare.run.file.TimerSound;
import io.pcmshare.run.node.Node;
import io.pcmshare.run.node.Nodes;
import io.pcmshare.share.Right;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.ProcTask;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * open(2) and its like. Of a path that is none of ours the kernel makes the call; one of ours never
 * reaches it, whatever the program's memory holds by then.
 */
final class OpenCalls {
    private static final int AT_FDCWD = -100;
    private static final int O_ACCMODE = 3;
    private static final int O_LARGEFILE = 0100000;
    private static final int O_DIRECTORY = 0200000;
    private static final int O_NOFOLLOW = 0400000;

    /** No answer, and no errno. */
    private static final int UNDECIDED = 1;

    private final Desk desk;
    private final Nodes nodes;
    private final ProgramPaths paths;
    private final Timers timers;

    OpenCalls(Desk desk, Nodes nodes, ProgramPaths paths, Timers timers) {
        this.desk = desk;
        this.nodes = nodes;
        this.paths = paths;
        this.timers = timers;
    }

    /** The answer, or that the kernel makes the call. */
    long answer(ProgramCall call, TrappedCall which) {
        return switch (which) {
            case OPEN -> open(call, AT_FDCWD, 0, call.intArgument(1));
            case CREAT -> open(call, AT_FDCWD, 0, Fd.O_CREAT | Fd.O_WRONLY | Fd.O_TRUNC);
            case OPENAT -> open(call, call.intArgument(0), 1, call.intArgument(2));
            default -> {
                // struct open_how: its first 64 bits are the flags. Kernel: uapi/linux/openat2.h
                MemorySegment word = desk.word();
                boolean there = call.read(call.argument(2), word, 0, Long.BYTES) >= 0;
                int flags = there ? (int) word.get(ValueLayout.JAVA_LONG, 0) : 0;
                yield open(call, call.intArgument(0), 1, flags);
            }
        };
    }

    private long open(ProgramCall call, int directory, int pathAt, int flags) {
        String path = paths.read(call, call.argument(pathAt));
        if (path == null) {
            return ProgramCall.CONTINUE;
        }
        int descriptor = ProgramPaths.descriptorNamed(call, path);
        String name =
                descriptor >= 0 ? reopened(call, descriptor) : paths.ours(call, directory, path);
        if (name == null) {
            return ProgramCall.CONTINUE;
        }
        call.about(name);
        if (name.isEmpty()) {
            return Errno.ENXIO.negated(); // an anonymous inode cannot be opened again
        }
        Node node = (flags & O_NOFOLLOW) != 0 ? nodes.find(name) : nodes.follow(name);
        return open(call, name, node, flags);
    }

    /** The name of a descriptor of ours; empty for one that has none, {@code null} for others. */
    private @Nullable String reopened(ProgramCall call, int descriptor) {
        SoundFile file = call.file(descriptor);
        if (file == null) {
            return null;
        }
        String text = file.opened().linkText();
        return text.startsWith("/dev/snd/") ? text : "";
    }

    private long open(ProgramCall call, String name, @Nullable Node node, int flags) {
        boolean creates = (flags & Fd.O_CREAT) != 0;
        boolean exclusive = creates && (flags & Fd.O_EXCL) != 0;
        boolean wantsFolder = (flags & O_DIRECTORY) != 0;
        if (node == null) {
            return (creates ? Errno.EACCES : Errno.ENOENT).negated();
        }
        if (exclusive) {
            return Errno.EEXIST.negated();
        }
        if (wantsFolder && !(node instanceof Node.Folder)) {
            return Errno.ENOTDIR.negated();
        }
        return switch (node) {
            case Node.Folder folder -> folder(call, name, flags);
            case Node.Text text -> text(call, text, flags);
            case Node.Link link -> Errno.ELOOP.negated();
            case Node.Device device -> device(call, name, device, flags);
        };
    }

    private long folder(ProgramCall call, String name, int flags) {
        if ((flags & O_ACCMODE) != Fd.O_RDONLY) {
            return Errno.EISDIR.negated();
        }
        try (Fd folder = nodes.openFolder(name)) {
            return call.answerWith(folder, flags & Fd.O_CLOEXEC, false);
        } catch (IOException e) {
            return errnoOf(e);
        }
    }

    private long text(ProgramCall call, Node.Text text, int flags) {
        if ((flags & O_ACCMODE) != Fd.O_RDONLY) {
            return Errno.EACCES.negated();
        }
        var _ = desk.reap(); // what it says of files is to be true
        try (Fd memory = nodes.openText(text)) {
            return call.answerWith(memory, flags & Fd.O_CLOEXEC, false);
        } catch (IOException e) {
            return errnoOf(e);
        }
    }

    private static long errnoOf(IOException failure) {
        return failure instanceof ErrnoException e ? -e.value() : Errno.EIO.negated();
    }

    private long device(ProgramCall call, String name, Node.Device device, int flags) {
        int pid = ProcTask.processOf(call.tid());
        // a 64-bit program's descriptor shows O_LARGEFILE whether it asked for it or not
        int asked = flags & ~(Fd.O_CREAT | Fd.O_TRUNC);
        int shown = call.is32Bit() ? asked : asked | O_LARGEFILE;
        SoundFile.Opened opened = new SoundFile.Opened(name, shown, pid, ProcTask.name(call.tid()));
        return switch (device) {
            case Node.Control control -> {
                CtlFile file = control.card().controls().open(pid);
                yield call.open(
                        opened,
                        false,
                        pipe -> new CtlSound(opened, pipe, desk.dirty(), file),
                        file::close,
                        true);
            }
            case Node.Timer timer -> {
                TimerFile file = timers.open();
                yield call.open(
                        opened,
                        false,
                        pipe -> new TimerSound(opened, pipe, desk.dirty(), file),
                        file::close,
                        true);
            }
            case Node.Hwdep hwdep -> {
                int card = hwdep.card().card().number();
                yield call.open(
                        opened,
                        false,
                        pipe -> new HwdepSound(opened, pipe, card, way -> ringOf(card, way)),
                        () -> {},
                        true);
            }
            case Node.Pcm pcm -> new PcmOpening(call, opened, pcm).first();
        };
    }

    private @Nullable PcmSound ringOf(int card, PcmStream way) {
        var _ = desk.reap(); // one that was closed has none
        for (SoundFile file : desk.files().all()) {
            if (file instanceof PcmSound sound
                    && sound.file().substream().card().number() == card
                    && sound.file().substream().stream() == way
                    && sound.file().state() != PcmState.OPEN) {
                return sound;
            }
        }
        return null;
    }

    /** Opening a PCM device, which may have to wait for a free substream. */
    private final class PcmOpening implements Resumable {
        private final ProgramCall call;
        private final SoundFile.Opened opened;
        private final PcmDevice device;
        private final Node.Pcm node;
        private boolean parked;
        private boolean waits;

        /** Read under the card's lock, by whoever lets a substream go. */
        private volatile boolean given;

        /** What people say; {@link #UNDECIDED} before they have. */
        private volatile int verdict = UNDECIDED;

        PcmOpening(ProgramCall call, SoundFile.Opened opened, Node.Pcm node) {
            this.call = call;
            this.opened = opened;
            this.node = node;
            this.device = node.card().card().devices().get(node.device());
        }

        long first() {
            var _ = desk.reap(); // the first free one is that of a program that just ended
            if (!desk.ledger().permits(question())) {
                desk.ledger().refused(opened, Errno.EACCES);
                return Errno.EACCES.negated();
            }
            desk.gate().decide(opened.pid(), device, question(), this::decided);
            if (verdict != UNDECIDED) {
                return run();
            }
            park();
            if (verdict != UNDECIDED) {
                call.ready(this); // it came just before there was somebody to tell
            }
            return ProgramCall.PENDING;
        }

        private void park() {
            if (!parked) {
                parked = true;
                call.park(this);
            }
        }

        private void decided(int answer) {
            verdict = answer;
            call.ready(this);
        }

        /** A substream is free; under the card's lock. */
        private boolean released() {
            call.ready(this);
            return given;
        }

        @Override
        public long run() {
            if (given) {
                return ProgramCall.PENDING; // it was answered; this is the word of another
            }
            if (verdict != 0) {
                given = verdict != UNDECIDED;
                return given ? verdict : ProgramCall.PENDING;
            }
            long answer = attempt();
            if (answer == Errno.EBUSY.negated() && mayWait()) {
                return waitForOne();
            }
            given = true;
            return answer;
        }

        private boolean mayWait() {
            return (opened.openFlags() & Fd.O_NONBLOCK) == 0
                    && preferred() == PcmDevice.ANY_SUBDEVICE;
        }

        /** Another program was faster, or will have to let one go first. */
        private long waitForOne() {
            park();
            if (!waits) {
                waits = true;
                device.parkOpen(this::released);
                // one that was let go just before that told nobody
                call.ready(this);
            }
            return ProgramCall.PENDING;
        }

        @Override
        public long interrupt() {
            given = true;
            return BlockingCall.RESTART;
        }

        private int preferred() {
            return node.card().controls().preferredPcmSubdevice(opened.pid());
        }

        /** What people are asked for it. */
        private Right question() {
            if (node.stream() == PcmStream.PLAYBACK) {
                return Right.PLAY;
            }
            boolean hearsPrograms = node.card().spec().kind() == CardKind.LOOPBACK;
            return hearsPrograms ? Right.RECORD_PROGRAMS : Right.RECORD_MICROPHONE;
        }

        private long attempt() {
            PcmFile file;
            try {
                file = device.open(node.stream(), flags(), preferred());
            } catch (PcmOpenException e) {
                return e.errno().negated();
            }
            FileTable files = desk.files();
            return call.open(
                    opened,
                    node.stream() == PcmStream.PLAYBACK,
                    pipe -> {
                        desk.ledger().opened(opened, file.substream());
                        return new PcmSound(
                                opened,
                                pipe,
                                file,
                                files.stream(file.substream()),
                                desk.pcmSetup());
                    },
                    file::close,
                    true);
        }

        private OpenFlags flags() {
            int mode = opened.openFlags() & O_ACCMODE;
            return new OpenFlags(
                    mode == Fd.O_RDONLY || mode == Fd.O_RDWR,
                    mode == Fd.O_WRONLY || mode == Fd.O_RDWR,
                    (opened.openFlags() & Fd.O_NONBLOCK) != 0,
                    (opened.openFlags() & Fd.O_APPEND) != 0);
        }
    }
}
