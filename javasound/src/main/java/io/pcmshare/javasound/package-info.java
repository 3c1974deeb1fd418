/**
 * The Java Sound provider.
 *
 * <p>Must not know anything below the client API.
 */
package io.pcmshare.javasound;
