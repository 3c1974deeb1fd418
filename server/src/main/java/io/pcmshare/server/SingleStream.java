package io.pcmshare.server;

import io.pcmshare.abi.Errno;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.owner.SharedStream;
import io.pcmshare.sys.ProcStatus;

import java.io.IOException;

/**
 * One stream, which one session at a time holds: two clients that may write into one ring would be
 * at each other's mercy. Threads: control.
 */
public final class SingleStream implements StreamSource {
    private static final int CALLS_PER_SECOND = 1000;

    private final SharedStream stream;
    private final SessionPolicy policy;
    private boolean isLent;

    /** Lends this stream, which stays its owner's. */
    public SingleStream(SharedStream stream, SessionPolicy policy) {
        this.stream = stream;
        this.policy = policy;
    }

    @Override
    public void request(Wish wish, Answer answer) {
        if (isLent) {
            answer.refuse(Errno.EBUSY, "another holds the stream");
            return;
        }
        int pid = wish.peer().pid();
        if (policy.requireConfined() && !(wish.confined() && isConfined(pid))) {
            answer.refuse(Errno.EPERM, "client pid=" + pid + " is not confined");
            return;
        }
        isLent = true;
        long now = stream.owner().substream().card().clock().monotonicNanos();
        answer.lend(new Loan(policy.terms(Subject.of(wish.peer()), now)));
    }

    /** One that is gone already is nobody to lend to. */
    private static boolean isConfined(int pid) {
        try {
            return ProcStatus.isConfined(pid);
        } catch (IOException e) {
            return false;
        }
    }

    private final class Loan implements Lent {
        private final GrantTerms terms;

        Loan(GrantTerms terms) {
            this.terms = terms;
        }

        @Override
        public SharedStream stream() {
            return stream;
        }

        @Override
        public GrantTerms terms() {
            return terms;
        }

        @Override
        public int callsPerSecond() {
            return CALLS_PER_SECOND;
        }

        /** Nobody mixes it. */
        @Override
        public int volume(boolean muted, double decibels) {
            return Errno.EINVAL.negated();
        }

        @Override
        public void giveBack() {
            isLent = false;
        }
    }
}
