package io.pcmshare.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every source file against google-java-format (AOSP style).
 *
 * <p>The formatter needs the JDK that reads our language level, which Maven itself may not run on,
 * so it runs here. {@code mvn -pl checks -am test -Dtest=FormatTest -Dpcmshare.format=apply
 * -Dsurefire.failIfNoSpecifiedTests=false} rewrites the files.
 */
final class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("pcmshare.format"));

    @Test
    void everySourceFileIsFormatted() throws IOException, FormatterException {
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : Repository.javaSources()) {
            String source = Files.readString(file);
            String formatted = format(formatter, source);
            if (!formatted.equals(source)) {
                if (APPLY) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(Repository.root().relativize(file));
                }
            }
        }
        assertThat(unformatted).as("files to format; see the class comment").isEmpty();
    }

    @Test
    void noSourceFileIsLongerThanAReaderBears() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.javaSources()) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > 400) {
                    tooLong.add(Repository.root().relativize(file) + " (" + count + " lines)");
                }
            }
        }
        assertThat(tooLong).as("files past 400 lines").isEmpty();
    }

    private static String format(Formatter formatter, String source) throws FormatterException {
        String ordered =
                ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(source),
                        JavaFormatterOptions.Style.AOSP);
        return StringWrapper.wrap(formatter.formatSource(ordered), formatter);
    }
}
