package io.pcmshare.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The packaged program, as a user gets it. */
public final class Packaged {
    private Packaged() {}

    /**
     * How to start it; without that it is packaged, the calling test is skipped.
     *
     * @param temporary its folder for temporary files
     */
    public static List<String> command(Path temporary) throws IOException {
        Path target = Repository.root().resolve("cli/target");
        List<String> jars = new ArrayList<>();
        for (Path place : List.of(target, target.resolve("lib"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    files.map(Path::toString).filter(f -> f.endsWith(".jar")).forEach(jars::add);
                }
            }
        }
        assumeTrue(
                jars.stream().anyMatch(jar -> jar.contains("pcmshare-cli-"))
                        && jars.stream().anyMatch(jar -> jar.contains("picocli")),
                "the program is not packaged: run 'mvn verify'");
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=io.pcmshare.sys",
                        "-p",
                        String.join(":", jars),
                        "-m",
                        "io.pcmshare.cli/io.pcmshare.cli.Main"));
    }
}
