package io.pcmshare.server.config;

/**
 * One thing that is wrong in a file.
 *
 * @param file as it was named
 * @param line from 1; 0 where it is the file itself
 * @param column from 1; 0 where it is the file itself
 * @param sentence what is wrong, and what would be right
 */
public record ConfigProblem(String file, int line, int column, String sentence) {
    /** {@code FILE:LINE:COLUMN: SENTENCE}, as compilers say it and editors understand. */
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + sentence
                : file + ":" + line + ":" + column + ": " + sentence;
    }
}
