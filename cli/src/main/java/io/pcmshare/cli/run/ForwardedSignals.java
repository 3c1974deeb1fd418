package io.pcmshare.cli.run;

import io.pcmshare.sys.Signals;
import io.pcmshare.sys.Terminal;

import java.util.function.IntConsumer;

/**
 * Signals that ask us to end are the program's to answer: it gets them, and we end when it has.
 * What the terminal sends, Ctrl-C, it sends to both of us. SIGUSR2 is none of them: the virtual
 * machine stops its own threads with it while a flight recording samples them.
 */
final class ForwardedSignals {
    private ForwardedSignals() {}

    static void forward(IntConsumer program) {
        for (String name : new String[] {"TERM", "HUP"}) {
            var _ = Signals.handle(name, program);
        }
        var _ =
                Signals.handle(
                        "INT",
                        number -> {
                            if (!Terminal.isOurs()) {
                                program.accept(number);
                            }
                        });
    }
}
