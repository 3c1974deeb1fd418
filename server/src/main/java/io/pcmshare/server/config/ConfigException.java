package io.pcmshare.server.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; the message has a line for each thing that is wrong. */
public final class ConfigException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    /** With everything that is wrong. */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the lines. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** What is wrong, a line for each. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
