package io.pcmshare.share.owner;

import io.pcmshare.abi.Errno;
import io.pcmshare.core.pcm.IoctlSet;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.core.pcm.StreamRegions;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.share.audit.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The grants of one stream: who has what of it, and who has it from whom. Says what is done to the
 * audit log. Threads: any but the audio thread.
 */
final class GrantBook {
    private final SharedStream stream;
    private final Right question;
    private final AuditLog audit;
    private final String streamName;
    private final List<Grant> grants = new ArrayList<>();

    GrantBook(SharedStream stream, Right question, AuditLog audit) {
        this.stream = stream;
        this.question = question;
        this.audit = audit;
        this.streamName = AuditEvent.nameOf(stream.owner().substream());
    }

    String streamName() {
        return streamName;
    }

    List<Grant> all() {
        synchronized (grants) {
            return List.copyOf(grants);
        }
    }

    Grant grant(GrantTerms terms) throws PcmOpenException {
        return grant(null, terms, AuditEvent.Kind.GRANT);
    }

    Grant narrow(Grant parent, Permissions asked, Subject holder) throws PcmOpenException {
        return grant(parent, parent.remaining().narrowed(asked, holder), AuditEvent.Kind.NARROWING);
    }

    /** The dup of February 2019, by mode or by a mask of groups. */
    DupResult anonymousDup(Grant parent, int mode) {
        if (!parent.permissions().has(Right.ANONYMOUS_DUP)) {
            return refused(parent, Errno.ENOTTY);
        }
        Permissions asked = Permissions.ofDupMode(mode);
        return asked == null ? refused(parent, Errno.EINVAL) : dup(parent, asked);
    }

    /** The dup of January 2019, which knew one mode. */
    DupResult anonymousDupV1(Grant parent, int mode) {
        if (!parent.permissions().has(Right.ANONYMOUS_DUP_V1)) {
            return refused(parent, Errno.ENOTTY);
        }
        return mode == 0 ? dup(parent, Permissions.FULL) : refused(parent, Errno.ENOSYS);
    }

    private DupResult dup(Grant parent, Permissions asked) {
        try {
            return new DupResult.Made(narrow(parent, asked, parent.terms().holder()));
        } catch (PcmOpenException e) {
            return new DupResult.Refused(e.errno());
        }
    }

    private DupResult refused(Grant parent, Errno errno) {
        audit(AuditEvent.Kind.REFUSAL, parent.terms(), errno.name());
        return new DupResult.Refused(errno);
    }

    private Grant grant(@Nullable Grant parent, GrantTerms terms, AuditEvent.Kind kind)
            throws PcmOpenException {
        try {
            Grant made = make(parent, terms);
            audit(kind, terms, AuditEvent.OK);
            return made;
        } catch (PcmOpenException e) {
            audit(AuditEvent.Kind.REFUSAL, terms, e.errno().name());
            throw e;
        }
    }

    private Grant make(@Nullable Grant parent, GrantTerms terms) throws PcmOpenException {
        Permissions permissions = terms.permissions();
        if (permissions.isUseless() || !permissions.has(question)) {
            throw new PcmOpenException(
                    Errno.EPERM, "permissions=" + permissions + ", needs=" + question);
        }
        try {
            stream.prepareSpare();
        } catch (IOException e) {
            PcmOpenException failure = new PcmOpenException(Errno.ENOMEM, "spare memory: " + e);
            failure.initCause(e);
            throw failure;
        }
        PcmFile file = stream.owner().dup(IoctlSet.of(permissions.ioctls()));
        Grant grant = new Grant(stream, parent, terms, file);
        synchronized (grants) {
            // what was taken back or given up meanwhile must not live on in another
            if (parent == null || grants.contains(parent)) {
                grants.add(grant);
                return grant;
            }
        }
        grant.close();
        throw new PcmOpenException(
                parent.isRevoked() ? Errno.ENODEV : Errno.EBADF, "the grant is over");
    }

    private void audit(AuditEvent.Kind kind, GrantTerms terms, String result) {
        audit.record(new AuditEvent(kind, terms.holder(), streamName, terms.permissions(), result));
    }

    /**
     * Takes a grant back, and all that were made of it: the stream goes on in other memory. Other
     * holders are told to fetch that.
     *
     * @return the hardware pointer at the cut
     * @throws IOException when there was no memory; then it is still in force
     */
    long revoke(Grant revoked, String why, long keepFrames) throws IOException {
        return takeBack(revoked, AuditEvent.Kind.REVOCATION, why, keepFrames);
    }

    /** The same, at its holder's own wish. */
    void release(Grant given) throws IOException {
        var _ = takeBack(given, AuditEvent.Kind.RELEASE, AuditEvent.OK, 0);
    }

    private long takeBack(Grant revoked, AuditEvent.Kind kind, String why, long keepFrames)
            throws IOException {
        StreamRegions fresh = stream.takeSpare(); // what can fail, first
        List<Grant> gone = new ArrayList<>();
        List<Grant> others = new ArrayList<>();
        synchronized (grants) {
            for (Grant grant : grants) {
                (grant.isMadeOf(revoked) ? gone : others).add(grant);
            }
            grants.removeAll(gone);
            // before the memory is new: nothing more can be made of them, so nobody sees it
            gone.forEach(Grant::lose);
        }
        long cut = stream.replaceMemory(fresh, keepFrames);
        for (Grant grant : gone) {
            audit(kind, grant.terms(), why);
            if (grant != revoked) {
                grant.takenBack(why);
            }
        }
        others.forEach(Grant::memoryReplaced);
        return cut;
    }

    /** Together with the question: memory that its holder knows must not come after its end. */
    boolean moveUnlessTakenBack(Grant grant, StreamRegions filled) {
        synchronized (grants) {
            boolean inForce = grants.contains(grant);
            if (inForce) {
                stream.move(filled);
            }
            return inForce;
        }
    }

    void closed(Grant grant) {
        boolean wasInForce;
        synchronized (grants) {
            wasInForce = grants.remove(grant);
        }
        if (wasInForce) {
            audit(AuditEvent.Kind.RELEASE, grant.terms(), AuditEvent.OK);
        }
    }

    /** See {@link SharedStream#enforceLimits}. */
    long enforceLimits() throws IOException {
        long nextNanos = GrantTerms.NEVER;
        for (Grant grant : all()) {
            GrantLimit limit = grant.limit();
            if (limit == null || grant.isRevoked()) {
                continue;
            }
            if (limit.isDue()) {
                boolean late = limit.leftNanos() <= 0;
                String why = late ? "expired" : "quota used up";
                revoke(grant, why, late ? 0 : limit.leftFrames());
                grant.takenBack(why);
            } else {
                nextNanos = Math.min(nextNanos, limit.leftNanos());
            }
        }
        return nextNanos;
    }
}
