/**
 * Who may do what: rules, limits, and somebody who is asked.
 *
 * <p>Must not know sockets of clients, nor how a stream is mixed.
 */
package io.pcmshare.server.policy;
