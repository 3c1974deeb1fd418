package io.pcmshare.sys;

/** A class nobody names before the sandbox is closed. */
final class SandboxLateClass {
    private SandboxLateClass() {}

    static String greeting() {
        return "loaded";
    }
}
