package io.pcmshare.cli.play;

import io.pcmshare.client.ClientStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.nio.file.Path;

/** What became of a stream. */
final class Outcome {
    private Outcome() {}

    /** For people: what was not as it should be. */
    static String text(ClientStream stream) {
        String late = stream.xruns() + (stream.xruns() == 1 ? " xrun" : " xruns");
        String gone =
                stream.reconnects() == 1
                        ? "the server had gone once"
                        : "the server had gone " + stream.reconnects() + " times";
        return stream.reconnects() == 0 ? late : stream.xruns() == 0 ? gone : late + ", " + gone;
    }

    /** For programs. */
    static String json(Path file, long frames, ClientStream stream) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            generator.writeStringProperty("file", file.toString());
            generator.writeNumberProperty("frames", frames);
            generator.writeStringProperty("format", stream.options().format().name());
            generator.writeNumberProperty("channels", stream.options().channels());
            generator.writeNumberProperty("rate", stream.options().rate());
            generator.writeNumberProperty("xruns", stream.xruns());
            generator.writeNumberProperty("reconnects", stream.reconnects());
            generator.writeEndObject();
        }
        return text.toString();
    }
}
