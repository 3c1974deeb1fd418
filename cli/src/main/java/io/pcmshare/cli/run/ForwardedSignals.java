package io.pcmshare.cli.run;

import io.pcmshare.run.Supervisor;
import io.pcmshare.sys.Signals;
import io.pcmshare.sys.Terminal;

/**
 * Signals that ask us to end are the program's to answer: it gets them, and we end when it has.
 * What the terminal sends, Ctrl-C, it sends to both of us.
 */
final class ForwardedSignals {
    private ForwardedSignals() {}

    static void forward(Supervisor supervisor) {
        for (String name : new String[] {"TERM", "HUP", "USR2"}) {
            var _ = Signals.handle(name, supervisor::signal);
        }
        var _ =
                Signals.handle(
                        "INT",
                        number -> {
                            if (!Terminal.isOurs()) {
                                supervisor.signal(number);
                            }
                        });
    }
}
