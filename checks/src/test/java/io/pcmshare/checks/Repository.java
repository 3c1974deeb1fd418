package io.pcmshare.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the project's files are, seen from this module. */
public final class Repository {
    private Repository() {}

    /** The folder of the whole project. */
    public static Path root() {
        return Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    }

    static List<Path> javaSources() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
