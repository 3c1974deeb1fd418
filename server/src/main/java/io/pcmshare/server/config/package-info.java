/**
 * What a server is told to be: its file, checked as a whole, and where things are that nobody
 * named.
 *
 * <p>Must not know how any of it is done.
 */
package io.pcmshare.server.config;
