package io.pcmshare.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one demonstration is about.
 *
 * @param name of the recording, for people
 * @param played the file to play
 * @param recording the file to record to
 * @param folder where the socket is
 * @param options how
 * @param kill whether the client is killed half-way
 * @param revoke whether the grant is taken back half-way
 */
record DemoRun(
        String name,
        Path played,
        Path recording,
        Path folder,
        DemoOptions options,
        boolean kill,
        boolean revoke) {
    private Path socket() {
        return folder.resolve("socket");
    }

    List<String> serverArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("demo-server");
        arguments.add("--socket=" + socket());
        arguments.add("--out=" + recording);
        if (revoke) {
            arguments.add("--revoke");
        }
        arguments.addAll(options.arguments());
        arguments.add(played.toString());
        return arguments;
    }

    List<String> clientArguments(String serverPid) {
        List<String> arguments = new ArrayList<>();
        arguments.add("demo-client");
        arguments.add("--socket=" + socket());
        arguments.add("--server-pid=" + serverPid);
        if (!options.isLockstep()) {
            arguments.add("--paced");
        }
        arguments.add(played.toString());
        return arguments;
    }
}
