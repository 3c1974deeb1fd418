package io.pcmshare.sys;

/**
 * Who connected, or listened, at the other end of a socket, as the kernel noted it then. Man page:
 * unix(7), SO_PEERCRED.
 */
public record PeerCredentials(int pid, int uid, int gid) {}
