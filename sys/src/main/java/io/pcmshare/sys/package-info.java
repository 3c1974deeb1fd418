/**
 * Linux calls through the foreign-function API: descriptors, memory, sockets, sandboxes. The only
 * room with native access.
 *
 * <p>Must not know what sound is.
 */
package io.pcmshare.sys;
