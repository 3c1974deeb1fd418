package io.pcmshare.server.policy;

import io.pcmshare.share.audit.Subject;

/**
 * What somebody asks for.
 *
 * @param subject who
 * @param cgroup of its process, as {@code /proc/PID/cgroup} says it; empty where that is not known
 * @param soundClass what it is about
 * @param device the name of the device it would get, {@code 0,0:playback}
 * @param exclusive whether it wants the device for itself
 * @param rate frames a second of its stream, for quotas of time
 * @param bufferNanos how much sound its ring would hold
 * @param streamsOfProcess streams that its process has already
 * @param streamsOfUser streams that its user has already
 */
public record StreamRequest(
        Subject subject,
        String cgroup,
        SoundClass soundClass,
        String device,
        boolean exclusive,
        int rate,
        long bufferNanos,
        int streamsOfProcess,
        int streamsOfUser) {}
