package io.pcmshare.run;

import io.pcmshare.cards.SoundSystem;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditLog;
import io.pcmshare.sys.Spawn;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A program to be run, and the sound it gets.
 *
 * @param program what to start
 * @param system the cards; the caller's to close, after the program's end
 * @param time who moves the cards' time
 * @param log told what becomes of streams; the cards were made with it
 * @param audit told what programs are given and what not
 * @param denied questions that people have answered with no: {@link Right#PLAY} and its like
 * @param trace told of each call on a sound device; {@code null} for nobody
 * @param messages told in a sentence what people should know, while it runs
 */
public record SupervisorSetup(
        Spawn.Program program,
        SoundSystem system,
        TimeKind time,
        StreamLog log,
        AuditLog audit,
        Set<Right> denied,
        @Nullable Consumer<String> trace,
        Consumer<String> messages) {}
