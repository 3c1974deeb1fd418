package io.pcmshare.server.monitor;

import com.sun.net.httpserver.Headers;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who is let in. A page of somebody else that a visitor's browser shows can send requests here: the
 * {@code Host} that it needs for that (DNS rebinding) and the {@code Origin} that browsers add are
 * not ours, and it does not know the token.
 */
final class Gate {
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int HTTP_PORT = 80;
    private static final String BEARER = "bearer ";

    private final MonitorToken token;
    private final int port;
    private final InetAddress address;
    private final Set<String> names;

    /**
     * Of a place.
     *
     * @param name as it was configured
     * @param bound where it is served
     */
    Gate(MonitorToken token, String name, InetSocketAddress bound) {
        this.token = token;
        this.port = bound.getPort();
        this.address = bound.getAddress();
        this.names = new HashSet<>(List.of("localhost", name.toLowerCase(Locale.ROOT)));
    }

    /** An address as it stands in a URL. */
    static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text.replaceFirst("%.*", "") + "]" : text;
    }

    /** Refuses requests that a foreign page may have sent. */
    void checkPlace(Headers headers) throws Refusal {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !isOurs(hosts.getFirst())) {
            throw new Refusal(
                    FORBIDDEN,
                    "The Host header must name this server and its port; it is %s."
                            .formatted(hosts));
        }
        for (String origin : headers.getOrDefault("Origin", List.of())) {
            String scheme = "http://";
            if (!origin.startsWith(scheme) || !isOurs(origin.substring(scheme.length()))) {
                throw new Refusal(FORBIDDEN, "Pages of " + origin + " have no business here.");
            }
        }
    }

    private boolean isOurs(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String suffix = ":" + port;
        if (lower.endsWith(suffix)) {
            lower = lower.substring(0, lower.length() - suffix.length());
        } else if (port != HTTP_PORT) {
            return false;
        }
        return names.contains(lower) || isOurAddress(lower);
    }

    /** A number is what no name server of somebody else can make point here. */
    private boolean isOurAddress(String host) {
        boolean isSix = host.startsWith("[") && host.endsWith("]");
        try {
            InetAddress said =
                    InetAddress.ofLiteral(isSix ? host.substring(1, host.length() - 1) : host);
            return said.equals(address) || said.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** Refuses those who do not say the token in a header. */
    void checkHeader(Headers headers) throws Refusal {
        check(ofHeader(headers));
    }

    /** Refuses those who say the token neither in a header nor in the address. */
    void checkReader(Headers headers, @Nullable String query) throws Refusal {
        String said = ofHeader(headers);
        check(said == null ? parameter(query, "token") : said);
    }

    private void check(@Nullable String said) throws Refusal {
        if (!token.matches(said)) {
            throw new Refusal(
                    UNAUTHORIZED,
                    (said == null ? "The token is missing" : "The token is wrong")
                            + ": 'pcmshare serve --monitor' prints it when it starts.");
        }
    }

    private static @Nullable String ofHeader(Headers headers) {
        String said = headers.getFirst("Authorization");
        return said != null && said.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? said.substring(BEARER.length()).strip()
                : null;
    }

    /** A parameter of an address; {@code null} where it is not there, or nonsense. */
    static @Nullable String parameter(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                try {
                    String value = pair.substring(name.length() + 1);
                    return URLDecoder.decode(value, StandardCharsets.UTF_8);
                } catch (IllegalArgumentException nonsense) {
                    return null;
                }
            }
        }
        return null;
    }
}
