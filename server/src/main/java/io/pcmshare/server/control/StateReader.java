package io.pcmshare.server.control;

import io.pcmshare.share.Permissions;
import io.pcmshare.share.audit.AuditEvent;
import io.pcmshare.share.audit.Subject;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes records of what {@link StateJson} wrote. Names that a record does not have are skipped: a
 * newer server may say more.
 */
final class StateReader {
    private StateReader() {}

    /**
     * A record.
     *
     * @throws IllegalArgumentException where something is missing or of another type
     */
    static <T extends Record> T read(Class<T> type, @Nullable Object tree) {
        Map<?, ?> object = object(type, tree);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (!object.containsKey(name)) {
                throw new IllegalArgumentException("no " + name + " in a " + type.getSimpleName());
            }
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), name, object.get(name));
        }
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("type=" + type, e);
        }
    }

    /** What was written of an audit entry. */
    static AuditEntry audit(@Nullable Object tree) {
        Map<?, ?> object = object(AuditEntry.class, tree);
        Subject subject =
                new Subject(
                        (int) integer(object, "uid"),
                        (int) integer(object, "pid"),
                        text(object, "program"),
                        text(object, "label"));
        String kind = text(object, "event").toUpperCase(Locale.ROOT);
        AuditEvent event =
                new AuditEvent(
                        AuditEvent.Kind.valueOf(kind),
                        subject,
                        text(object, "stream"),
                        new Permissions(integer(object, "rights")),
                        text(object, "result"));
        try {
            Instant time = Instant.parse(text(object, "time"));
            return new AuditEntry(integer(object, "number"), time, event);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Map<?, ?> object(Class<?> type, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + tree);
    }

    private static long integer(Map<?, ?> object, String name) {
        return (Long) value(Long.class, name, object.get(name));
    }

    private static String text(Map<?, ?> object, String name) {
        return (String) value(String.class, name, object.get(name));
    }

    private static Object value(Type type, String name, @Nullable Object value) {
        if ((type == double.class || type == Double.class || type == Float.class)
                && (value == null || value instanceof Number)) {
            double number =
                    value == null ? Double.NEGATIVE_INFINITY : ((Number) value).doubleValue();
            return type == Float.class ? (Object) (float) number : (Object) number;
        }
        if (value instanceof Long number && (type == long.class || type == Long.class)) {
            return number;
        }
        if (value instanceof Long number && type == int.class) {
            return Math.toIntExact(number);
        }
        if ((value instanceof Boolean && type == boolean.class)
                || (value instanceof String && type == String.class)) {
            return value;
        }
        if (value instanceof List<?> list && type instanceof ParameterizedType of) {
            return list(of.getActualTypeArguments()[0], name, list);
        }
        if (type instanceof Class<?> raw && raw.isRecord()) {
            return read(raw.asSubclass(Record.class), value);
        }
        throw new IllegalArgumentException("no " + type.getTypeName() + " " + name + ": " + value);
    }

    private static List<Object> list(Type of, String name, List<?> values) {
        List<Object> list = new ArrayList<>();
        for (Object each : values) {
            list.add(value(of, name, each));
        }
        return list;
    }
}
