package io.pcmshare.server.control;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request of the control socket that came another way, as the web page's do. */
public final class JsonCall {
    private JsonCall() {}

    /**
     * Does what is asked for.
     *
     * @param op as in {@code docs/serve.md}; the body may not name another
     * @param body a JSON object with what the op needs
     * @return an object with {@code "ok":true}
     * @throws ControlException where it was not done, also where the body is nonsense
     */
    public static String answer(ServerControl control, String op, byte[] body)
            throws ControlException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("op", op);
        try {
            for (Map.Entry<String, @Nullable Object> each : JsonTree.parse(body).entrySet()) {
                if (fields.put(each.getKey(), each.getValue()) != null) {
                    throw new ControlException("\"op\" is in the address, not in the body.");
                }
            }
        } catch (JacksonException e) {
            throw new ControlException("The body is no JSON: " + e.getOriginalMessage() + ".");
        }
        ControlRequest request = new ControlRequest(fields);
        return ControlCalls.done(new ControlCalls(control).answer(request));
    }
}
