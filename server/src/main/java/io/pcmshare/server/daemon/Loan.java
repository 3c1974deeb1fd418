package io.pcmshare.server.daemon;

import io.pcmshare.abi.Errno;
import io.pcmshare.server.StreamSource;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.patch.Fader;
import io.pcmshare.server.policy.StreamRequest;
import io.pcmshare.share.owner.GrantTerms;
import io.pcmshare.share.owner.SharedStream;

/** A stream of the bay that a session holds. Owns the stream. Threads: control. */
final class Loan implements StreamSource.Lent, Held {
    private final BayStream bayStream;
    private final SharedStream shared;
    private final GrantTerms terms;
    private final int callsPerSecond;
    private final StreamRequest request;
    private final Runnable onGivenBack;

    /** Xruns that were told of already. */
    private long toldXruns;

    Loan(
            BayStream bayStream,
            SharedStream shared,
            GrantTerms terms,
            int callsPerSecond,
            StreamRequest request,
            Runnable onGivenBack) {
        this.bayStream = bayStream;
        this.shared = shared;
        this.terms = terms;
        this.callsPerSecond = callsPerSecond;
        this.request = request;
        this.onGivenBack = onGivenBack;
    }

    @Override
    public BayStream bayStream() {
        return bayStream;
    }

    @Override
    public StreamRequest request() {
        return request;
    }

    @Override
    public long freshXruns() {
        long all = bayStream.file().substream().xruns();
        long fresh = all - toldXruns;
        toldXruns = all;
        return fresh;
    }

    @Override
    public SharedStream stream() {
        return shared;
    }

    @Override
    public GrantTerms terms() {
        return terms;
    }

    @Override
    public int callsPerSecond() {
        return callsPerSecond;
    }

    @Override
    public int volume(boolean muted, double decibels) {
        Fader fader = bayStream.fader();
        if (fader == null || !(decibels <= Fader.MOST_DECIBELS)) {
            return Errno.EINVAL.negated();
        }
        fader.decibels(decibels);
        fader.muted(muted);
        return 0;
    }

    @Override
    public void giveBack() {
        shared.close();
        bayStream.close();
        onGivenBack.run();
    }
}
