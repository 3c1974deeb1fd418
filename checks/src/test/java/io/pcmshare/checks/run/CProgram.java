package io.pcmshare.checks.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Programs in C that go where no library goes; compiled when they are needed. */
final class CProgram {
    private CProgram() {}

    /** How a program is built. */
    enum Build {
        X86_64("-m64"),
        X86_64_STATIC("-m64 -static"),
        I386("-m32"),
        I386_TIME64("-m32 -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64"),
        I386_STATIC("-m32 -static");

        private final String flags;

        Build(String flags) {
            this.flags = flags;
        }
    }

    /**
     * Compiles one of the resources beside this class; skips the test where that cannot be done.
     *
     * @return the program, in the folder
     */
    static Path compile(Path folder, String source, Build build)
            throws IOException, InterruptedException {
        Programs.need("gcc");
        for (String file : List.of(source, "pcm-common.h", "share-common.h")) {
            try (InputStream in = CProgram.class.getResourceAsStream(file)) {
                Files.write(folder.resolve(file), Objects.requireNonNull(in, file).readAllBytes());
            }
        }
        Path program = folder.resolve(source.replace(".c", "") + "-" + build);
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-w", "-pthread"));
        command.addAll(List.of(build.flags.split(" ", -1)));
        command.addAll(List.of("-o", program.toString(), source));
        Process gcc =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(gcc.waitFor() == 0, "gcc cannot build " + build + " here: " + said);
        return program;
    }
}
