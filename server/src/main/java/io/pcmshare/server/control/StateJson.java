package io.pcmshare.server.control;

import io.pcmshare.share.audit.AuditEvent;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The records of this package as JSON, for commands, the web page and the control socket alike: an
 * object with the names of the components. What is not finite (the level of silence) is {@code
 * null}; constants are in lower case.
 */
public final class StateJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private StateJson() {}

    /**
     * A value as one line, without its end: a record of this package, a list or map of such, a
     * text, a number.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static String text(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Float number when Float.isFinite(number) -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            case Float endless -> generator.writeNull();
            case Double endless -> generator.writeNull();
            case Enum<?> constant ->
                    generator.writeString(constant.name().toLowerCase(Locale.ROOT));
            case AuditEntry entry -> write(generator, entry);
            case Record fields -> write(generator, fields);
            case List<?> list -> write(generator, list);
            case Map<?, ?> map -> write(generator, map);
            default -> throw new IllegalArgumentException("type=" + value.getClass());
        }
    }

    private static void write(JsonGenerator generator, Record fields) {
        generator.writeStartObject();
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            generator.writeName(component.getName());
            write(generator, valueOf(fields, component));
        }
        generator.writeEndObject();
    }

    private static Object valueOf(Record fields, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("component=" + component, e);
        }
    }

    private static void write(JsonGenerator generator, List<?> list) {
        generator.writeStartArray();
        for (Object each : list) {
            write(generator, each);
        }
        generator.writeEndArray();
    }

    private static void write(JsonGenerator generator, Map<?, ?> map) {
        generator.writeStartObject();
        map.forEach(
                (key, value) -> {
                    generator.writeName(String.valueOf(key));
                    write(generator, value);
                });
        generator.writeEndObject();
    }

    /** Flat, as its line of text is. */
    private static void write(JsonGenerator generator, AuditEntry entry) {
        AuditEvent event = entry.event();
        generator.writeStartObject();
        generator.writeNumberProperty("number", entry.number());
        generator.writeStringProperty("time", entry.time().toString());
        generator.writeName("event");
        write(generator, event.kind());
        generator.writeNumberProperty("uid", Integer.toUnsignedLong(event.subject().uid()));
        generator.writeNumberProperty("pid", event.subject().pid());
        generator.writeStringProperty("program", event.subject().executable());
        generator.writeStringProperty("label", event.subject().label());
        generator.writeStringProperty("stream", event.stream());
        generator.writeName("permissions");
        write(generator, List.of(event.permissions().toString().split(",", -1)));
        generator.writeNumberProperty("rights", event.permissions().bits());
        generator.writeStringProperty("result", event.result());
        generator.writeEndObject();
    }
}
