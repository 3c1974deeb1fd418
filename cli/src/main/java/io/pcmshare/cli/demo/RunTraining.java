package io.pcmshare.cli.demo;

import io.pcmshare.cli.Main;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs programs, so that the launcher's start-up archive learns what {@code pcmshare run} needs:
 * one that any machine has, and players where there are some.
 */
final class RunTraining {
    private static final String LOOK_AROUND =
            "cat /proc/asound/cards /proc/asound/card0/pcm0p/sub0/*; ls -l /dev/snd;"
                    + " [ -e /dev/snd/timer ]; read line < /proc/asound/pcm";

    private RunTraining() {}

    static void train(Path wav) {
        run(List.of(), "sh", "-c", "{ " + LOOK_AROUND + "; } >/dev/null 2>&1");
        String play = "aplay -q -D hw:0 " + wav + "; aplay -q -M -D hw:0 " + wav;
        String record = "arecord -q -D hw:0 -d 1 -f S16_LE /dev/null; amixer -c0 sget Master";
        run(
                List.of("--clock", "lockstep"),
                "sh",
                "-c",
                "{ " + play + "; " + record + "; } >/dev/null 2>&1");
        run(List.of("--summary"), "sh", "-c", "{ aplay -q -M " + wav + "; } >/dev/null 2>&1");
    }

    /** Its exit status does not matter: a machine without a player learns less. */
    private static void run(List<String> options, String... program) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(options);
        arguments.add("--");
        arguments.addAll(Arrays.asList(program));
        String[] all = arguments.toArray(String[]::new);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        var _ = Main.commandLine(all).setOut(nowhere).setErr(nowhere).execute(all);
    }
}
