package io.pcmshare.checks.run;

import static org.junit.jupiter.api.Assumptions.abort;

import io.pcmshare.checks.Repository;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine. */
public final class Programs {
    private static final int ELF_CLASS = 4;

    private Programs() {}

    /** Skips the test where one of them is not there. */
    public static void need(String... names) {
        for (String name : names) {
            if (find(name) == null) {
                abort("there is no program " + name + " here");
            }
        }
    }

    private static @Nullable Path find(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /**
     * A program of alsa-utils for 32 or 64 bits. Debian lets only one of both be installed, so CI
     * unpacks them beside it.
     */
    static Path alsaUtils(String name, int bits) throws IOException {
        Path target = Repository.root().resolve("checks/target");
        Stream<Optional<Path>> places =
                Stream.of(
                        Optional.ofNullable(find(name)),
                        Optional.of(target.resolve("debian-amd64/usr/bin/" + name)),
                        Optional.of(target.resolve("debian-i386/usr/bin/" + name)));
        for (Optional<Path> place : places.toList()) {
            if (place.isPresent() && Files.isExecutable(place.get()) && bits(place.get()) == bits) {
                return place.get();
            }
        }
        return abort("there is no " + name + " for " + bits + " bits here");
    }

    private static int bits(Path program) throws IOException {
        try (InputStream in = Files.newInputStream(program)) {
            byte[] start = in.readNBytes(ELF_CLASS + 1);
            return start.length > ELF_CLASS && start[ELF_CLASS] == 2 ? 64 : 32;
        }
    }
}
