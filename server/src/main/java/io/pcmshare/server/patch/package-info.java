/**
 * The patch bay: what clients play is made what devices play, and what devices record what clients
 * asked for; which to which can change at any time.
 *
 * <p>Must not know sessions, policies nor anything else of who clients are.
 */
package io.pcmshare.server.patch;
