/**
 * The commands that talk to a running server.
 *
 * <p>Must not know how a server does what it is told.
 */
package io.pcmshare.cli.server;
