/**
 * What people and their programs see of a server, and may do to it.
 *
 * <p>Must not know how a stream is mixed, nor sockets of clients.
 */
package io.pcmshare.server.control;
