package io.pcmshare.server.policy;

import io.pcmshare.share.audit.Subject;

/** Requests of tests. */
final class Requests {
    /** The user that the server of a test runs as. */
    static final int OWN = 1000;

    static final int OTHER = 1001;
    static final int RATE = 48_000;
    static final String PLAYER = "/usr/bin/player";

    private Requests() {}

    /** A player's that has no stream yet. */
    static StreamRequest of(int uid, SoundClass about) {
        return of(uid, PLAYER, about);
    }

    static StreamRequest of(int uid, String exe, SoundClass about) {
        return of(new Subject(uid, 412, exe, "player (enforce)"), about, 0, 0, 1);
    }

    static StreamRequest of(
            Subject subject, SoundClass about, int ofProcess, int ofUser, long bufferNanos) {
        String device = about == SoundClass.PLAY ? "0,0:playback" : "0,0:capture";
        return new StreamRequest(
                subject,
                "0::/user.slice/app.scope",
                about,
                device,
                false,
                RATE,
                bufferNanos,
                ofProcess,
                ofUser);
    }
}
