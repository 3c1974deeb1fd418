package io.pcmshare.run.file;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.Substream;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.AuditEvent.Kind;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.sys.ProcIdentity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What programs are given of streams and what is refused to them: answers the questions of people,
 * and says everything to an audit log. Threads: one.
 */
public final class Ledger {
    private static final int MOST_KNOWN = 1024;

    private final AuditLog audit;
    private final Permissions people;

    /** Who a process was: when it gives something up it may be gone. The last few of them. */
    private final Map<Integer, Subject> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Subject> eldest) {
                    return size() > MOST_KNOWN;
                }
            };

    /**
     * For a run.
     *
     * @param audit told of everything
     * @param denied the questions that were answered with no: {@link Right#PLAY} and its like
     */
    public Ledger(AuditLog audit, Set<Right> denied) {
        this.audit = audit;
        this.people = Permissions.FULL.without(denied.toArray(Right[]::new));
    }

    /** What an opened device node gives. */
    public Permissions permissions() {
        return people;
    }

    /** Whether people let programs have streams that raise this question. */
    public boolean permits(Right question) {
        return people.has(question);
    }

    /** A program opens a device node. */
    public void opened(SoundFile.Opened opened, Substream substream) {
        known.remove(opened.pid()); // the number may be another's by now
        say(Kind.GRANT, opened.pid(), AuditEvent.nameOf(substream), people, AuditEvent.OK);
    }

    /** A program must not open one; its name stands for a stream that it has not. */
    public void refused(SoundFile.Opened opened, Errno errno) {
        say(Kind.REFUSAL, opened.pid(), opened.linkText(), Permissions.FULL, errno.name());
    }

    /** It was given another that may do no more. */
    void narrowed(PcmSound of, Permissions permissions) {
        say(of, Kind.NARROWING, permissions, AuditEvent.OK);
    }

    /** It asked for another, a call or a mapping, and did not get it. */
    void refused(PcmSound of, Permissions asked, String result) {
        say(of, Kind.REFUSAL, asked, result);
    }

    /** A process makes a call that did not open it: it was passed on, or inherited. */
    void usedBy(PcmSound sound, int pid) {
        say(Kind.PASSING, pid, nameOf(sound), sound.permissions(), AuditEvent.OK);
    }

    /** Somebody has taken it back. */
    void revoked(PcmSound sound) {
        say(sound, Kind.REVOCATION, sound.permissions(), AuditEvent.OK);
    }

    /** Nobody has it any more. */
    void released(SoundFile.Opened opened, Substream substream, Permissions permissions) {
        say(Kind.RELEASE, opened.pid(), AuditEvent.nameOf(substream), permissions, AuditEvent.OK);
    }

    private void say(PcmSound of, Kind kind, Permissions permissions, String result) {
        say(kind, of.opened().pid(), nameOf(of), permissions, result);
    }

    private void say(Kind kind, int pid, String stream, Permissions permissions, String result) {
        // who it is costs a look at several files
        if (audit.isHeard()) {
            Subject subject = known.computeIfAbsent(pid, Ledger::look);
            audit.record(new AuditEvent(kind, subject, stream, permissions, result));
        }
    }

    private static Subject look(int pid) {
        return Subject.of(pid, ProcIdentity.uid(pid));
    }

    private static String nameOf(PcmSound sound) {
        return AuditEvent.nameOf(sound.file().substream());
    }
}
