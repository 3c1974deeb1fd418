/**
 * The daemon: streams for whoever may have them, mixed on the machine's devices.
 *
 * <p>Must not know how sound is mixed, nor how policies are written.
 */
package io.pcmshare.server.daemon;
