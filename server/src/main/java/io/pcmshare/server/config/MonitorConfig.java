package io.pcmshare.server.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * A server's web page.
 *
 * @param port 0 for any that is free
 * @param address where it is served, as a number or name
 * @param tokenFile the file with the word that visitors have to know; {@code null} for one that the
 *     server thinks of
 */
public record MonitorConfig(int port, String address, @Nullable Path tokenFile) {
    /** Where only this machine's users reach it. */
    public static final String LOCAL = "127.0.0.1";
}
