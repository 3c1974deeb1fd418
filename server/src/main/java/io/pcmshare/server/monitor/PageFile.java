package io.pcmshare.server.monitor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A file of the page. They hold nothing of the server that serves them.
 *
 * @param type of its content
 * @param resource its name beside this class
 */
record PageFile(String type, String resource) {
    private static final Map<String, PageFile> ALL =
            Map.of(
                    "/", new PageFile("text/html; charset=utf-8", "index.html"),
                    "/app.js", new PageFile("text/javascript; charset=utf-8", "app.js"),
                    "/draw.js", new PageFile("text/javascript; charset=utf-8", "draw.js"),
                    "/style.css", new PageFile("text/css; charset=utf-8", "style.css"),
                    "/icon.svg", new PageFile("image/svg+xml", "icon.svg"));

    /** The one at a path; {@code null} for none. */
    static @Nullable PageFile of(String path) {
        return ALL.get(path);
    }

    byte[] bytes() throws IOException {
        try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + resource);
            }
            return in.readAllBytes();
        }
    }
}
