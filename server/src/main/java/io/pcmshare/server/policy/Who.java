package io.pcmshare.server.policy;

import java.util.Set;

/**
 * Whom a rule is about.
 *
 * @param uids users; none for everybody
 * @param exe the path of the program
 * @param cgroup the path of its control group, {@code /user.slice/...}
 * @param label of the kernel's security module
 */
public record Who(Set<Integer> uids, Glob exe, Glob cgroup, Glob label) {
    /** Whoever it is. */
    public static final Who ANYBODY = new Who(Set.of(), Glob.ANY, Glob.ANY, Glob.ANY);

    /** How a line of {@code /proc/PID/cgroup} begins that is about the unified hierarchy. */
    private static final String UNIFIED = "0::";

    /** Copies the set. */
    public Who {
        uids = Set.copyOf(uids);
    }

    boolean matches(StreamRequest request) {
        return (uids.isEmpty() || uids.contains(request.subject().uid()))
                && exe.matches(request.subject().executable())
                && cgroup.matches(path(request.cgroup()))
                && label.matches(request.subject().label());
    }

    private static String path(String cgroup) {
        return cgroup.lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst()
                .orElse(cgroup);
    }
}
