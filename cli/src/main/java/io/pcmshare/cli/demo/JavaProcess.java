package io.pcmshare.cli.demo;

import io.pcmshare.cli.Main;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another process of this program, with the virtual machine that this one runs on. */
final class JavaProcess {
    private JavaProcess() {}

    /**
     * Starts one. Its standard input ends when this process does; its standard error is ours.
     *
     * @param arguments the command and its arguments
     */
    static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // one thread that plays needs no parallel collector; a confined process cannot ask what a
        // container or a profiler would want to know
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:-UseContainerSupport",
                        "-Xmx96m"));
        String archive = System.getProperty("pcmshare.aot");
        if (archive != null) {
            command.add("-XX:AOTCache=" + archive);
            command.add("-XX:AOTMode=auto");
        }
        String modulePath = System.getProperty("jdk.module.path");
        if (modulePath == null) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add(Main.class.getName());
        } else {
            command.add("--enable-native-access=io.pcmshare.sys");
            command.addAll(List.of("-p", modulePath));
            command.addAll(List.of("-m", "io.pcmshare.cli/" + Main.class.getName()));
        }
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
