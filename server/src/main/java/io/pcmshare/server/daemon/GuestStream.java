package io.pcmshare.server.daemon;

import io.pcmshare.server.guest.GuestHolder;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.policy.StreamRequest;
import io.pcmshare.server.policy.Verdict;
import io.pcmshare.share.owner.GrantTerms;

/** A stream that a guest has opened by itself. Threads: control. */
final class GuestStream implements Held {
    private final BayStream bayStream;
    private final StreamRequest request;
    private final long endNanos;
    private final GuestHolder holder;
    private long toldXruns;

    GuestStream(
            BayStream bayStream,
            StreamRequest request,
            Verdict.Allow allow,
            long nowNanos,
            GuestHolder holder) {
        this.bayStream = bayStream;
        this.request = request;
        this.endNanos =
                allow.lastsNanos() == GrantTerms.NEVER
                        ? GrantTerms.NEVER
                        : nowNanos + allow.lastsNanos();
        this.holder = holder;
    }

    @Override
    public BayStream bayStream() {
        return bayStream;
    }

    @Override
    public StreamRequest request() {
        return request;
    }

    /** When it is over by itself, on the card's clock; {@link GrantTerms#NEVER}. */
    long endNanos() {
        return endNanos;
    }

    GuestHolder holder() {
        return holder;
    }

    boolean isOf(GuestHolder guest) {
        return holder.equals(guest);
    }

    /** Whether its time is over. */
    boolean isOver(long nowNanos) {
        return endNanos != GrantTerms.NEVER && nowNanos >= endNanos;
    }

    /** Takes it back: it is silent from the next look on, whatever its program does. */
    void revoke() {
        bayStream.end();
        holder.revoke(bayStream.file().substream());
    }

    @Override
    public long freshXruns() {
        long all = bayStream.file().substream().xruns();
        long fresh = Math.max(0, all - toldXruns);
        toldXruns = all;
        return fresh;
    }
}
