package io.pcmshare.server.daemon;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.StreamSource;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.patch.StreamWish;
import io.pcmshare.server.policy.Policy;
import io.pcmshare.server.policy.SoundClass;
import io.pcmshare.server.policy.StreamRequest;
import io.pcmshare.server.policy.Verdict;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.share.wire.Message;
import io.pcmshare.sys.ProcIdentity;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Lends the streams of a bay to those whom the policy allows it. Threads: control. */
final class BayStreams implements StreamSource {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Bay bay;
    private final Policy policy;
    private final AuditLog audit;
    private final Executor control;
    private final Set<Loan> loans = new LinkedHashSet<>();

    /**
     * Lends nothing yet.
     *
     * @param control runs something on the control thread
     */
    BayStreams(Bay bay, Policy policy, AuditLog audit, Executor control) {
        this.bay = bay;
        this.policy = policy;
        this.audit = audit;
        this.control = control;
    }

    /** What is lent, in the order in which it was. */
    List<Loan> loans() {
        return new ArrayList<>(loans);
    }

    @Override
    public void request(Wish wish, Answer answer) {
        Subject subject = Subject.of(wish.peer());
        try {
            StreamWish asked = Wishes.of(wish.open(), bay);
            StreamRequest request = request(subject, asked);
            policy.decide(
                    request,
                    verdict ->
                            control.execute(() -> decided(wish, asked, request, verdict, answer)));
        } catch (PcmOpenException e) {
            refuse(subject, answer, e.errno(), String.valueOf(e.getMessage()), "none");
        }
    }

    private StreamRequest request(Subject subject, StreamWish asked) throws PcmOpenException {
        BayDevice at = asked.device() == null ? bay.defaultOf(directionOf(asked)) : asked.device();
        if (at == null) {
            throw new PcmOpenException(Errno.ENODEV, "no device for " + asked.kind().word());
        }
        return new StreamRequest(
                subject,
                ProcIdentity.cgroup(subject.pid()),
                classOf(asked.kind()),
                at.name(),
                asked.mode() == StreamWish.Mode.EXCLUSIVE,
                asked.voice().rate(),
                asked.bufferSize() * NANOS_PER_SECOND / asked.voice().rate(),
                (int) loans.stream().filter(l -> holder(l).pid() == subject.pid()).count(),
                (int) loans.stream().filter(l -> holder(l).uid() == subject.uid()).count());
    }

    private static Subject holder(Loan loan) {
        return loan.request().subject();
    }

    private static PcmStream directionOf(StreamWish asked) {
        return asked.kind() == StreamWish.Kind.CAPTURE ? PcmStream.CAPTURE : PcmStream.PLAYBACK;
    }

    private static SoundClass classOf(StreamWish.Kind kind) {
        return switch (kind) {
            case PLAYBACK -> SoundClass.PLAY;
            case CAPTURE -> SoundClass.MICROPHONE;
            case MONITOR -> SoundClass.PROGRAMS;
        };
    }

    private static Right questionOf(StreamWish.Kind kind) {
        return switch (kind) {
            case PLAYBACK -> Right.PLAY;
            case CAPTURE -> Right.RECORD_MICROPHONE;
            case MONITOR -> Right.RECORD_PROGRAMS;
        };
    }

    private void decided(
            Wish wish, StreamWish asked, StreamRequest request, Verdict verdict, Answer answer) {
        switch (verdict) {
            case Verdict.Deny(String reason) ->
                    refuse(request.subject(), answer, Errno.EACCES, reason, request.device());
            case Verdict.Allow allow -> {
                try {
                    answer.lend(lend(wish, asked, request, allow));
                } catch (PcmOpenException e) {
                    refuse(
                            request.subject(),
                            answer,
                            e.errno(),
                            String.valueOf(e.getMessage()),
                            request.device());
                }
            }
        }
    }

    private void refuse(Subject subject, Answer answer, Errno errno, String reason, String device) {
        if (audit.isHeard()) {
            audit.record(
                    new AuditEvent(
                            AuditEvent.Kind.REFUSAL,
                            subject,
                            device,
                            Permissions.NONE,
                            errno + ": " + reason));
        }
        answer.refuse(errno, reason);
    }

    private Loan lend(Wish wish, StreamWish asked, StreamRequest request, Verdict.Allow allow)
            throws PcmOpenException {
        Permissions permissions = wanted(wish.open(), allow.permissions());
        BayStream stream = bay.open(asked);
        try {
            if (!permissions.has(Right.MAP_CONTROL)) {
                runOn(stream.file());
            }
            SharedStream shared = new SharedStream(stream.file(), questionOf(asked.kind()), audit);
            long now = bay.card().clock().monotonicNanos();
            GrantTerms terms =
                    new GrantTerms(
                            permissions,
                            allow.lastsNanos() == GrantTerms.NEVER
                                    ? GrantTerms.NEVER
                                    : now + allow.lastsNanos(),
                            allow.quotaFrames(),
                            request.subject());
            Loan loan =
                    new Loan(
                            stream,
                            shared,
                            terms,
                            allow.callsPerSecond(),
                            request,
                            () -> loans.removeIf(l -> l.bayStream() == stream));
            loans.add(loan);
            return loan;
        } catch (PcmOpenException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static Permissions wanted(Message.@Nullable Open open, Permissions most)
            throws PcmOpenException {
        if (open == null || open.permissions() == 0) {
            return most;
        }
        try {
            return most.and(new Permissions(open.permissions()));
        } catch (IllegalArgumentException e) {
            throw new PcmOpenException(
                    Errno.EINVAL, "permissions=0x" + Long.toHexString(open.permissions()));
        }
    }

    /**
     * A client without a pointer cannot be late by it: the stream runs on whatever happens, and
     * what was played is silence at once, so that nothing stale is heard.
     */
    private static void runOn(PcmFile file) throws PcmOpenException {
        long boundary = file.geometry().boundary();
        int answer =
                file.swParams(
                        file.currentSwParams()
                                .withStopThreshold(boundary)
                                .withSilence(0, boundary));
        if (answer < 0) {
            throw new PcmOpenException(Errno.EINVAL, "sw_params of a stream without a pointer");
        }
    }
}
