/**
 * A server's web page and its numbers for Prometheus.
 *
 * <p>Must not know what a server is made of: it sees a {@code ServerControl} and nothing else.
 */
package io.pcmshare.server.monitor;
