package io.pcmshare.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings the classes of a library to the format of this virtual machine, with the same code in
 * them. The launcher's start-up archive holds no class of a format older than Java 6, and picocli's
 * are of Java 5: without this, a quarter of each start is reading and checking them anew.
 */
public final class LibraryUpgrade {
    /** The first format that says beforehand what a check would find out. JVMS 4.10. */
    private static final int JAVA_6 = 50;

    private static final String CLASS = ".class";

    private LibraryUpgrade() {}

    /** Upgrades the library in the place of each jar file named. */
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            upgrade(Path.of(jar));
        }
    }

    /** Upgrades the library in a jar file's place. */
    static void upgrade(Path jar) throws IOException {
        Path upgraded = Path.of(jar + ".upgraded");
        try (ZipFile from = new ZipFile(jar.toFile())) {
            Files.write(upgraded, upgraded(from));
        }
        Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] upgraded(ZipFile from) throws IOException {
        ClassFile format =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(hierarchy(from)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                byte[] content = read(from, entry);
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(entry.getName().endsWith(CLASS) ? upgraded(format, content) : content);
                to.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] upgraded(ClassFile format, byte[] content) {
        ClassModel model = format.parse(content);
        if (model.majorVersion() >= JAVA_6) {
            return content;
        }
        // passing each instruction on makes the code anew, and with it what Java 6 wants to know
        ClassTransform anew =
                ClassTransform.transformingMethodBodies((code, part) -> code.with(part));
        return format.transformClass(
                model,
                anew.andThen(
                        (made, part) -> {
                            if (!(part instanceof ClassFileVersion)) { // which is the newest then
                                made.with(part);
                            }
                        }));
    }

    /** Which class is whose: the library knows its own. */
    private static ClassHierarchyResolver hierarchy(ZipFile library) {
        return ClassHierarchyResolver.ofResourceParsing(name -> open(library, name))
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    @SuppressWarnings("NullAway") // null says: none of this library's, which the API does not say
    private static InputStream open(ZipFile library, ClassDesc name) {
        String descriptor = name.descriptorString(); // Lpackage/Name;
        ZipEntry entry = library.getEntry(descriptor.substring(1, descriptor.length() - 1) + CLASS);
        try {
            return entry == null ? null : library.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(ZipFile from, ZipEntry entry) throws IOException {
        try (InputStream content = from.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }
}
