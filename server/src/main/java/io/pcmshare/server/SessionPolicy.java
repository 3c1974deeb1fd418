package io.pcmshare.server;

import io.pcmshare.share.Permissions;

/**
 * What a server asks of those who connect, and gives them.
 *
 * @param permissions what a client is granted
 * @param requireConfined whether every thread of it must have a system-call filter before it gets a
 *     descriptor
 * @param uid the user that may connect
 */
public record SessionPolicy(Permissions permissions, boolean requireConfined, int uid) {}
