package io.pcmshare.server.daemon;

import io.pcmshare.abi.Errno;
import io.pcmshare.abi.PcmStream;
import io.pcmshare.cards.SoundSystem;
import io.pcmshare.core.clock.CardClock;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.PcmOpenException;
import io.pcmshare.server.guest.GuestDesk;
import io.pcmshare.server.guest.GuestHolder;
import io.pcmshare.server.guest.GuestSocket;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.BayStream;
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
import io.pcmshare.sys.ProcIdentity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The streams of the bay that guests open by themselves, as far as the policy lets them. Threads:
 * control, but for the desks, which pass on what they are told.
 */
final class GuestStreams implements GuestSocket.Doors {
    /** What programs have that say nothing before they have opened a stream. */
    private static final int USUAL_RATE = 48_000;

    private static final long PAUSE_MILLIS = 100;

    /** Streams of one guest, so that it cannot take all of them. */
    private static final int MOST_STREAMS = 32;

    private final Bay bay;
    private final Policy policy;
    private final AuditLog audit;
    private final Executor control;
    private final Supplier<List<? extends Held>> others;
    private final IdentityHashMap<PcmFile, GuestStream> streams = new IdentityHashMap<>();

    /**
     * None yet.
     *
     * @param control runs something on the control thread
     * @param others who else has streams
     */
    GuestStreams(
            Bay bay,
            Policy policy,
            AuditLog audit,
            Executor control,
            Supplier<List<? extends Held>> others) {
        this.bay = bay;
        this.policy = policy;
        this.audit = audit;
        this.control = control;
        this.others = others;
    }

    /** What guests have, in the order in which they opened it. */
    List<GuestStream> streams() {
        List<GuestStream> all = new ArrayList<>(streams.values());
        all.sort((a, b) -> Long.compare(a.bayStream().number(), b.bayStream().number()));
        return all;
    }

    /** Takes back what is over. */
    void doWork() {
        long nowNanos = bay.card().clock().monotonicNanos();
        for (GuestStream stream : streams()) {
            if (stream.isOver(nowNanos)) {
                revoke(stream);
            }
        }
    }

    /** Takes a stream back. */
    void revoke(GuestStream stream) {
        forget(stream.bayStream().file());
        stream.revoke();
    }

    /**
     * Has those wait that have a stream: a program that met an end while it plays would close its
     * stream, and what it has queued would not be heard. Not for long, whatever they do.
     */
    void pause() {
        Set<GuestHolder> holders = new HashSet<>();
        streams.values().forEach(each -> holders.add(each.holder()));
        CountDownLatch paused = new CountDownLatch(holders.size());
        holders.forEach(holder -> holder.pause(paused::countDown));
        try {
            var _ = paused.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget(PcmFile file) {
        GuestStream gone = streams.remove(file);
        if (gone != null) {
            gone.bayStream().close();
        }
    }

    @Override
    public GuestDesk open(GuestHolder holder) {
        return new Desk(holder);
    }

    /** What a process may have that was allowed to open something. */
    private record Allowed(StreamRequest request, Verdict.Allow allow) {}

    /** Of one guest. Its fields belong to the control thread. */
    private final class Desk implements GuestDesk {
        private final GuestHolder holder;

        /** By process and direction; some come to nothing, because opening fails. */
        private final Map<String, Deque<Allowed>> allowed = new HashMap<>();

        Desk(GuestHolder holder) {
            this.holder = holder;
        }

        @Override
        public SoundSystem system() {
            return bay.system();
        }

        @Override
        public CardClock clock() {
            return bay.card().clock();
        }

        @Override
        public AuditLog audit() {
            return audit;
        }

        @Override
        public void decide(int pid, Right question, IntConsumer answer) {
            control.execute(() -> ask(pid, question, answer));
        }

        private void ask(int pid, Right question, IntConsumer answer) {
            PcmStream direction = question == Right.PLAY ? PcmStream.PLAYBACK : PcmStream.CAPTURE;
            Subject subject = Subject.of(pid, ProcIdentity.uid(pid));
            BayDevice at = bay.defaultOf(direction);
            if (at == null) {
                refuse(subject, "none", answer, Errno.ENODEV, "no device for it");
                return;
            }
            StreamRequest request = request(subject, direction, at);
            policy.decide(
                    request,
                    verdict -> control.execute(() -> decided(direction, request, verdict, answer)));
        }

        private void decided(
                PcmStream direction, StreamRequest request, Verdict verdict, IntConsumer answer) {
            switch (verdict) {
                case Verdict.Deny(String reason) ->
                        refuse(request.subject(), request.device(), answer, Errno.EACCES, reason);
                case Verdict.Allow allow when !isWhole(allow) ->
                        refuse(
                                request.subject(),
                                request.device(),
                                answer,
                                Errno.EACCES,
                                "a program that does not know us needs all of a stream, and the"
                                        + " policy gives less: permissions="
                                        + allow.permissions()
                                        + ", quota="
                                        + allow.quotaFrames());
                case Verdict.Allow allow -> {
                    if (streamsOf(holder) >= MOST_STREAMS) {
                        refuse(
                                request.subject(),
                                request.device(),
                                answer,
                                Errno.EMFILE,
                                "its guest has " + MOST_STREAMS + " streams");
                        return;
                    }
                    remember(direction, new Allowed(request, allow));
                    answer.accept(0);
                }
            }
        }

        /** It may prepare its stream again and again, so frames cannot be counted. */
        private static boolean isWhole(Verdict.Allow allow) {
            return allow.permissions().equals(Permissions.FULL)
                    && allow.quotaFrames() == GrantTerms.UNLIMITED;
        }

        private void remember(PcmStream direction, Allowed fresh) {
            int pid = fresh.request().subject().pid();
            if (allowed.size() >= MOST_STREAMS) {
                allowed.clear(); // of processes that are long gone
            }
            Deque<Allowed> all =
                    allowed.computeIfAbsent(key(pid, direction), k -> new ArrayDeque<>());
            all.addLast(fresh);
            if (all.size() > MOST_STREAMS) {
                all.removeFirst();
            }
        }

        @Override
        public void opened(PcmFile file, int pid) {
            control.execute(() -> adopt(file, pid));
        }

        private void adopt(PcmFile file, int pid) {
            Deque<Allowed> all = allowed.get(key(pid, file.substream().stream()));
            Allowed by = all == null ? null : all.pollLast();
            if (by == null) {
                holder.revoke(file.substream()); // nobody knows why it may
                return;
            }
            try {
                BayStream stream = bay.adopt(file);
                long nowNanos = clock().monotonicNanos();
                streams.put(
                        file, new GuestStream(stream, by.request(), by.allow(), nowNanos, holder));
            } catch (PcmOpenException e) {
                // the device went meanwhile; the program hears of it when it configures its stream
                holder.revoke(file.substream());
            }
        }

        @Override
        public void closing(PcmFile file) {
            control.execute(() -> forget(file));
        }
    }

    private long streamsOf(GuestHolder holder) {
        return streams.values().stream().filter(each -> each.isOf(holder)).count();
    }

    private static String key(int pid, PcmStream direction) {
        return pid + ":" + direction;
    }

    private StreamRequest request(Subject subject, PcmStream direction, BayDevice at) {
        List<Held> all = new ArrayList<>(others.get());
        all.addAll(streams.values());
        return new StreamRequest(
                subject,
                ProcIdentity.cgroup(subject.pid()),
                direction == PcmStream.PLAYBACK ? SoundClass.PLAY : SoundClass.MICROPHONE,
                at.name(),
                false,
                USUAL_RATE,
                0,
                (int) all.stream().filter(h -> holder(h).pid() == subject.pid()).count(),
                (int) all.stream().filter(h -> holder(h).uid() == subject.uid()).count());
    }

    private static Subject holder(Held held) {
        return held.request().subject();
    }

    private void refuse(
            Subject subject, String device, IntConsumer answer, Errno errno, String reason) {
        audit.record(
                new AuditEvent(
                        AuditEvent.Kind.REFUSAL,
                        subject,
                        device,
                        Permissions.NONE,
                        errno + ": " + reason));
        answer.accept(errno.negated());
    }
}
