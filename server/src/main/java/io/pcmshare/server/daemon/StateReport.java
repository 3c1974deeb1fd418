package io.pcmshare.server.daemon;

import io.pcmshare.abi.PcmStream;
import io.pcmshare.core.clock.FrameTime;
import io.pcmshare.core.pcm.PcmFile;
import io.pcmshare.core.pcm.StatusReport;
import io.pcmshare.core.pcm.StreamParams;
import io.pcmshare.server.control.DeviceState;
import io.pcmshare.server.control.GrantState;
import io.pcmshare.server.control.StreamState;
import io.pcmshare.server.patch.Bay;
import io.pcmshare.server.patch.BayDevice;
import io.pcmshare.server.patch.BayStream;
import io.pcmshare.server.patch.Fader;
import io.pcmshare.server.patch.Meter;
import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.Subject;
import io.pcmshare.share.owner.Grant;
import io.pcmshare.share.owner.GrantTerms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says how a bay is, in the words of {@code control}. Threads: control. */
final class StateReport {
    private static final int FOREVER = -1;

    private final Bay bay;
    private final List<Loan> loans;
    private final List<GuestStream> guests;
    private final List<Held> all;
    private final long nowNanos;

    StateReport(Bay bay, List<Loan> loans, List<GuestStream> guests) {
        this.bay = bay;
        this.loans = List.copyOf(loans);
        this.guests = List.copyOf(guests);
        this.all =
                Stream.<Held>concat(loans.stream(), guests.stream())
                        .sorted(Comparator.comparingLong(held -> held.bayStream().number()))
                        .toList();
        this.nowNanos = bay.card().clock().monotonicNanos();
    }

    List<DeviceState> devices() {
        return bay.devices().stream().map(this::device).toList();
    }

    private DeviceState device(BayDevice device) {
        StreamParams params = device.params();
        Meter meter = device.meter();
        int users = (int) all.stream().filter(l -> l.bayStream().device().equals(device)).count();
        return new DeviceState(
                device.name(),
                device.card().card().number(),
                device.card().card().id(),
                device.device().name(),
                device.stream() == PcmStream.CAPTURE ? "capture" : "playback",
                device.equals(bay.defaultOf(device.stream())),
                stateOf(device),
                params == null ? "" : params.format().name(),
                params == null ? 0 : params.channels(),
                params == null ? 0 : params.rate(),
                params == null ? 0 : params.periodSize(),
                params == null ? 0 : params.bufferSize(),
                users,
                device.xruns(),
                decibels(meter == null ? 0 : meter.peak()),
                decibels(meter == null ? 0 : meter.rms()));
    }

    private static String stateOf(BayDevice device) {
        if (device.isGone()) {
            return "gone";
        }
        return device.isExclusive() ? "exclusive" : device.isShared() ? "shared" : "idle";
    }

    List<StreamState> streams() {
        return all.stream().map(StateReport::stream).toList();
    }

    private static StreamState stream(Held held) {
        BayStream stream = held.bayStream();
        Subject holder = held.request().subject();
        PcmFile file = stream.file();
        StreamParams params = file.paramsIfAny();
        StatusReport status = file.status();
        long bufferSize = params == null ? 0 : params.bufferSize();
        long queued =
                file.substream().isCapture()
                        ? status.avail()
                        : Math.max(0, bufferSize - status.avail());
        Fader fader = stream.fader();
        return new StreamState(
                stream.number(),
                holder.pid(),
                holder.uid(),
                holder.executable(),
                stream.wish().kind().word(),
                stream.wish().mode().word(),
                stream.device().name(),
                status.state().name(),
                params == null ? "" : params.format().name(),
                params == null ? 0 : params.channels(),
                params == null ? 0 : params.rate(),
                params == null ? 0 : params.periodSize(),
                bufferSize,
                status.hwPtr(),
                queued,
                params == null ? 0 : FrameTime.nanos(Math.max(0, status.delay()), params.rate()),
                file.substream().xruns(),
                fader == null ? 0 : fader.decibels(),
                fader != null && fader.isMuted(),
                decibels(stream.peak()),
                decibels(stream.rms()));
    }

    List<GrantState> grants() {
        List<GrantState> found = new ArrayList<>();
        for (Loan loan : loans) {
            // a client is given one; what it hands on of that is taken back with it
            for (Grant grant : loan.stream().grants()) {
                if (grant.terms().equals(loan.terms())) {
                    found.add(grant(loan, grant));
                }
            }
        }
        guests.forEach(guest -> found.add(grant(guest)));
        return found;
    }

    private GrantState grant(GuestStream guest) {
        BayStream stream = guest.bayStream();
        Subject holder = guest.request().subject();
        return new GrantState(
                stream.number(),
                stream.number(),
                holder.pid(),
                holder.uid(),
                holder.executable(),
                stream.device().name(),
                List.of(Permissions.FULL.toString().split(",")),
                guest.endNanos() == GrantTerms.NEVER
                        ? FOREVER
                        : Math.max(0, guest.endNanos() - nowNanos),
                FOREVER);
    }

    private GrantState grant(Loan loan, Grant grant) {
        Subject holder = grant.terms().holder();
        long expires = grant.terms().expiresNanos();
        return new GrantState(
                loan.bayStream().number(),
                loan.bayStream().number(),
                holder.pid(),
                holder.uid(),
                holder.executable(),
                loan.bayStream().device().name(),
                List.of(grant.permissions().toString().split(",")),
                expires == GrantTerms.NEVER ? FOREVER : Math.max(0, expires - nowNanos),
                grant.terms().quotaFrames() == GrantTerms.UNLIMITED ? FOREVER : grant.leftFrames());
    }

    /** Full scale at 0. */
    static double decibels(double sample) {
        return 20 * Math.log10(sample);
    }

    /**
     * The devices that a name stands for: one with its direction, {@code CARD,DEVICE} for both of
     * its directions, {@code CARD} or a card's short name for all that the card has.
     */
    static List<BayDevice> find(Bay bay, String name) {
        BayDevice exact = bay.device(name);
        if (exact != null) {
            return List.of(exact);
        }
        return bay.devices().stream()
                .filter(
                        d ->
                                d.name().startsWith(name + ",")
                                        || d.name().startsWith(name + ":")
                                        || d.card().card().id().equals(name))
                .toList();
    }
}
