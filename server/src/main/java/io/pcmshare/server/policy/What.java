package io.pcmshare.server.policy;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * What a rule is about.
 *
 * @param classes the questions that people ask; none for all of them
 * @param device the name of the device
 * @param exclusive whether the device is wanted alone; {@code null} for either
 */
public record What(Set<SoundClass> classes, Glob device, @Nullable Boolean exclusive) {
    /** Whatever it is. */
    public static final What ANYTHING = new What(Set.of(), Glob.ANY, null);

    /** Copies the set. */
    public What {
        classes = Set.copyOf(classes);
    }

    boolean matches(StreamRequest request) {
        return (classes.isEmpty() || classes.contains(request.soundClass()))
                && device.matches(request.device())
                && (exclusive == null || exclusive == request.exclusive());
    }
}
