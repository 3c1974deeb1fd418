package io.pcmshare.server.policy;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks a program: what it prints is nobody's, its status is the answer. */
final class AskCommand implements Asker {
    private static final File NOWHERE = new File("/dev/null");
    private static final long MILLI = 1_000_000L;

    private final Map<String, String> own;

    /** With the server's environment, of which a hook may name some. */
    AskCommand(Map<String, String> own) {
        this.own = Map.copyOf(own);
    }

    @Override
    public String refusal(AskHook hook, StreamRequest request) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(hook.command());
        builder.redirectInput(NOWHERE).redirectOutput(NOWHERE).redirectError(NOWHERE);
        Process process;
        try {
            builder.environment().clear();
            builder.environment().putAll(environment(hook, request));
            process = builder.start();
        } catch (IOException | IllegalArgumentException e) {
            return "it could not be asked: " + e.getMessage();
        }
        try {
            if (process.waitFor(hook.timeoutNanos(), TimeUnit.NANOSECONDS)) {
                int status = process.exitValue();
                return status == 0 ? "" : "the answer was no, status " + status;
            }
            return "there was no answer in time";
        } finally {
            end(process);
        }
    }

    /** A shell's children outlive it otherwise, and a dialog stays on the screen. */
    private static void end(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Map<String, String> environment(AskHook hook, StreamRequest request) {
        Map<String, String> all = new HashMap<>();
        for (String name : hook.environment()) {
            String value = own.get(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        SoundClass about = request.soundClass();
        all.put("PCMSHARE_CLASS", about.name().toLowerCase(Locale.ROOT));
        all.put("PCMSHARE_DIRECTION", about == SoundClass.PLAY ? "playback" : "capture");
        all.put("PCMSHARE_DEVICE", request.device());
        all.put("PCMSHARE_EXCLUSIVE", request.exclusive() ? "yes" : "no");
        all.put("PCMSHARE_BUFFER_MILLIS", Long.toString(request.bufferNanos() / MILLI));
        all.put("PCMSHARE_UID", Integer.toUnsignedString(request.subject().uid()));
        all.put("PCMSHARE_PID", Integer.toString(request.subject().pid()));
        all.put("PCMSHARE_EXE", request.subject().executable());
        all.put("PCMSHARE_LABEL", request.subject().label());
        all.put("PCMSHARE_CGROUP", request.cgroup());
        return all;
    }
}
