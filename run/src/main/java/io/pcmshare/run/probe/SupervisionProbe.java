package io.pcmshare.run.probe;

import io.pcmshare.abi.Errno;
import io.pcmshare.sys.Arch;
import io.pcmshare.sys.BpfProgram;
import io.pcmshare.sys.ErrnoException;
import io.pcmshare.sys.Fd;
import io.pcmshare.sys.Seccomp;
import io.pcmshare.sys.SeccompAction;
import io.pcmshare.sys.SeccompNotify;

import java.util.List;

/** Whether system calls can be supervised: puts a filter on a thread that then ends. */
final class SupervisionProbe {
    private static final String NAME = "supervision";
    private static final String WAKE_UP = "sync wake-up";

    private SupervisionProbe() {}

    static List<Probe> probe() {
        if (!Seccomp.actionAvailable(SeccompAction.notifyListener())) {
            return List.of(
                    Probe.no(
                            NAME,
                            "no seccomp user notification",
                            "the kernel needs CONFIG_SECCOMP_FILTER, the sandbox has to allow"
                                    + " seccomp(2)."));
        }
        return Probes.onThread(SupervisionProbe::install);
    }

    private static List<Probe> install() {
        BpfProgram nothing =
                BpfProgram.builder()
                        .arch(Arch.current(), rules -> rules.otherwise(SeccompAction.allow()))
                        .otherArch(SeccompAction.allow())
                        .build();
        try (Fd fd = Seccomp.installListener(nothing);
                SeccompNotify listener = SeccompNotify.take(fd.dup())) {
            boolean sync = listener.setFlags(SeccompNotify.SYNC_WAKE_UP) == 0;
            Probe wakeUp =
                    sync
                            ? Probe.yes(WAKE_UP, "SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP")
                            : Probe.less(
                                    WAKE_UP,
                                    "not there",
                                    "a call on a sound device costs some 50 us instead of 10;"
                                            + " needs Linux 6.6.");
            return List.of(Probe.yes(NAME, "seccomp user notification"), wakeUp);
        } catch (ErrnoException e) {
            boolean supervised = e.is(Errno.EBUSY);
            return List.of(
                    Probe.no(
                            NAME,
                            supervised ? "supervised already" : Probes.text(e),
                            supervised
                                    ? "Linux allows one supervisor: run outside of the other one"
                                            + " (another 'pcmshare run', or a container engine's)."
                                    : "the sandbox around us has to allow seccomp(2) with"
                                            + " SECCOMP_FILTER_FLAG_NEW_LISTENER."));
        }
    }
}
