package io.pcmshare.cli.demo;

import java.util.List;

/**
 * One forbidden thing that the client tries.
 *
 * @param what in words
 * @param answers the errno of each try; 0 where it was allowed
 * @param expected the errno that a refusal has
 * @param refusedBy what refuses it
 */
record Attempt(String what, List<Integer> answers, int expected, String refusedBy) {
    Attempt {
        answers = List.copyOf(answers);
    }

    boolean isRefused() {
        return !answers.isEmpty() && answers.stream().allMatch(answer -> answer == expected);
    }

    /** The first answer that is not as expected, or the one that all have. */
    int answer() {
        return answers.stream().filter(answer -> answer != expected).findFirst().orElse(expected);
    }
}
