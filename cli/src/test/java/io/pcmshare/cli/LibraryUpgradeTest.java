package io.pcmshare.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

class LibraryUpgradeTest {
    private static final String CLASS = ".class";

    @Test
    void anUpgradedLibraryHasNoOldClassAndEachOfItsClassesPassesTheCheck(@TempDir Path folder)
            throws Exception {
        Path library =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Path copy = Files.copy(library, folder.resolve("library.jar"));
        LibraryUpgrade.upgrade(copy);
        List<String> classes = classes(copy);
        assertTrue(classes.size() > 200, "classes=" + classes.size());
        assertEquals(classes(library), classes);
        URL[] path = {copy.toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            for (String name : classes) {
                Class<?> upgraded = Class.forName(name, true, loader); // which checks its code
                assertNotSame(CommandLine.class, upgraded);
            }
        }
    }

    /** The names of its own classes, each of which says a version new enough if it is upgraded. */
    private static List<String> classes(Path jar) throws IOException {
        boolean upgraded = jar.endsWith("library.jar");
        List<String> names = new ArrayList<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (!name.startsWith("picocli/") || !name.endsWith(CLASS)) {
                    continue;
                }
                byte[] content = file.getInputStream(entry).readAllBytes();
                int version = ClassFile.of().parse(content).majorVersion();
                assertTrue(!upgraded || version >= 50, name + ": version=" + version);
                names.add(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
            }
        }
        return names;
    }
}
