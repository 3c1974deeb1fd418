package io.pcmshare.run;

import io.pcmshare.cards.SoundSystem;
import io.pcmshare.run.file.StreamWatch;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditLog;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.function.Consumer;

/** What the programs behind a listener are served with. */
record ServiceSetup(
        SoundSystem system,
        boolean pages,
        StreamWatch watch,
        AuditLog audit,
        Set<Right> denied,
        OpenGate gate,
        int mostFiles,
        @Nullable Consumer<String> trace,
        Consumer<String> messages) {}
