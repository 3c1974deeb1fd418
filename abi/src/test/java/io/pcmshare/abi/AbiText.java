package io.pcmshare.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * abi.txt and its like: what a C compiler made of sound/asound.h of Linux 6.1, for each data model.
 */
record AbiText(
        List<Struct> structs,
        List<Field> fields,
        List<Request> requests,
        List<String> versions,
        List<String> mmapOffsets,
        List<String> unknown) {

    record Struct(DataModel model, String name, long bytes, long align) {}

    record Field(DataModel model, String struct, String name, long offset, long bytes) {}

    record Request(DataModel model, String name, int number, int dir, int nr, int bytes) {}

    private static final Map<String, DataModel> SECTIONS =
            Map.of(
                    "== x86-64", DataModel.LP64,
                    "== i386, 32-bit time_t", DataModel.ILP32,
                    "== i386, 64-bit time_t (_TIME_BITS=64)", DataModel.ILP32_TIME64);
    private static final Pattern STRUCT =
            Pattern.compile("sizeof (?:struct )?(\\w+) +(\\d+) align (\\d+)");
    private static final Pattern FIELD = Pattern.compile("  ([\\w.]+) +\\+(\\d+) +size (\\d+)");
    private static final Pattern REQUEST =
            Pattern.compile("SNDRV_(\\w+) +(0x\\w+) +dir (\\d) nr (\\w+) size (\\d+)");

    static AbiText read(String name) {
        AbiText text =
                new AbiText(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        DataModel model = DataModel.LP64;
        String struct = "";
        for (String line : lines(name)) {
            model = SECTIONS.getOrDefault(line, model);
            Matcher sizeOf = STRUCT.matcher(line);
            struct = sizeOf.matches() ? sizeOf.group(1) : struct;
            text.take(line, model, struct);
        }
        return text;
    }

    private void take(String line, DataModel model, String struct) {
        Matcher sizeOf = STRUCT.matcher(line);
        Matcher field = FIELD.matcher(line);
        Matcher request = REQUEST.matcher(line);
        if (sizeOf.matches()) {
            structs.add(new Struct(model, struct, number(sizeOf, 2), number(sizeOf, 3)));
        } else if (field.matches()) {
            fields.add(
                    new Field(model, struct, field.group(1), number(field, 2), number(field, 3)));
        } else if (request.matches()) {
            requests.add(
                    new Request(
                            model,
                            request.group(1),
                            (int) number(request, 2),
                            (int) number(request, 3),
                            (int) number(request, 4),
                            (int) number(request, 5)));
        } else if (line.startsWith("SNDRV_PCM_VERSION ")) {
            versions.add(line);
        } else if (line.startsWith("mmap offsets: ")) {
            mmapOffsets.add(line);
        } else if (!line.isEmpty() && !line.startsWith("#") && !SECTIONS.containsKey(line)) {
            unknown.add(line);
        }
    }

    private static long number(Matcher matcher, int group) {
        return Long.decode(matcher.group(group));
    }

    private static List<String> lines(String name) {
        try (InputStream in =
                Objects.requireNonNull(AbiText.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
