package io.pcmshare.share.audit;

import io.pcmshare.sys.PeerCredentials;
import io.pcmshare.sys.ProcIdentity;

/**
 * Who something was given to, as it was known when he asked.
 *
 * @param uid its user
 * @param pid its process
 * @param executable the path of its program; empty where that is not known
 * @param label of the kernel's security module; empty without one
 */
public record Subject(int uid, int pid, String executable, String label) {
    /** Somebody within this process. */
    public static Subject self() {
        int pid = (int) ProcessHandle.current().pid();
        return of(pid, ProcIdentity.uid(pid));
    }

    /** Whoever is at the other end of a socket. */
    public static Subject of(PeerCredentials peer) {
        return of(peer.pid(), peer.uid());
    }

    /** A process whose user is known. */
    public static Subject of(int pid, int uid) {
        return new Subject(uid, pid, ProcIdentity.executable(pid), ProcIdentity.securityLabel(pid));
    }

    /** The name of its program without the folders; its pid where that is not known. */
    public String shortName() {
        return executable.isEmpty()
                ? "pid " + pid
                : executable.substring(executable.lastIndexOf('/') + 1);
    }
}
