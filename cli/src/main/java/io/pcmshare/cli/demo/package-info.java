/**
 * The command {@code demo}: a server, a sandboxed client, and a judge who compares what was played.
 *
 * <p>Must not know more of server and client than any program that uses them.
 */
package io.pcmshare.cli.demo;
