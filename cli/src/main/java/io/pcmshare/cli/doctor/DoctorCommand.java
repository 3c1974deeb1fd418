package io.pcmshare.cli.doctor;

import io.pcmshare.run.probe.Probe;
import io.pcmshare.run.probe.Probes;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** Says what works here. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Say what this kernel and this container permit, and what to do about each 'no'.",
        footer = {
            "",
            "Exit status: 0 programs can be supervised here; 1 they cannot.",
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 25;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Probe> all = Probes.all();
        for (Probe probe : all) {
            String name = String.format("%-" + NAME_WIDTH + "s", probe.name());
            out.println(word(probe) + "  " + name + probe.found());
            if (!probe.advice().isEmpty()) {
                out.println("      " + probe.advice());
            }
        }
        boolean works = all.stream().noneMatch(probe -> probe.verdict() == Probe.Verdict.NO);
        out.println();
        out.println(
                works
                        ? "'pcmshare run' works here."
                        : "'pcmshare run' does not work here; each 'no' above says why.");
        out.flush();
        return works ? 0 : 1;
    }

    private static String word(Probe probe) {
        return switch (probe.verdict()) {
            case YES -> "yes ";
            case LESS -> "less";
            case NO -> "no  ";
        };
    }
}
