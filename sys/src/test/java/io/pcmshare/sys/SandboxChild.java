package io.pcmshare.sys;

import io.pcmshare.abi.Errno;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A process that may confine itself, tries everything, goes on living, and prints how it went. */
final class SandboxChild {
    private static final int GARBAGE_BYTES = 1 << 20;
    private static final int HOT = 200_000;

    private SandboxChild() {}

    public static void main(String[] arguments) throws Exception {
        SandboxProbes probes = new SandboxProbes();
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        if (arguments[0].equals("confined")) {
            Sandbox.Confinement confinement = Sandbox.confine();
            System.out.println("seccomp=" + confinement.seccomp());
            System.out.println("again=" + Sandbox.confine().equals(confinement));
        }
        probes.all()
                .forEach(
                        (name, attempt) -> {
                            long result = attempt.getAsLong();
                            System.out.println(
                                    name + "=" + (result < 0 ? Errno.nameOf((int) -result) : "ok"));
                        });
        System.out.println("collected=" + collects(collectors));
        System.out.println("compiled=" + compiles());
        System.out.println("thread=" + startsThread());
        System.out.println("exception=" + throwsException());
        System.out.println("class=" + SandboxLateClass.greeting());
        System.out.println("module=" + Class.forName("java.sql.Types").getModule().getName());
        System.out.println("done");
        int unused = System.in.read();
        if (unused >= 0) {
            System.exit(7);
        }
    }

    private static boolean collects(List<GarbageCollectorMXBean> collectors) {
        long before = count(collectors);
        long bytes = 0;
        while (count(collectors) < before + 2) {
            bytes += new byte[GARBAGE_BYTES].length;
        }
        return bytes > 0;
    }

    private static long count(List<GarbageCollectorMXBean> collectors) {
        return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    private static boolean compiles() {
        long sum = 0;
        for (int i = 0; i < HOT; i++) {
            sum += Integer.toString(i).hashCode() % 7;
        }
        return sum != 0;
    }

    private static boolean startsThread() throws InterruptedException {
        boolean[] ran = new boolean[1];
        Thread platform = Thread.ofPlatform().name("pcm-audio").start(() -> ran[0] = true);
        platform.join();
        return ran[0];
    }

    private static String throwsException() {
        try {
            throw new IllegalStateException("thrown");
        } catch (IllegalStateException caught) {
            return String.valueOf(caught.getMessage());
        }
    }
}
