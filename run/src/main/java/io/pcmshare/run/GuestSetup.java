package io.pcmshare.run;

import io.pcmshare.cards.SoundSystem;
import io.pcmshare.share.Right;
import io.pcmshare.share.audit.AuditLog;

import java.util.Set;
import java.util.function.Consumer;

/**
 * What the programs of a guest are served with.
 *
 * @param system the cards, which others play on as well
 * @param streams told which streams they have
 * @param gate decides each time that they open one
 * @param denied questions that were answered with no for all of them
 * @param audit told what they are given and what not
 * @param messages told what went wrong with us
 */
public record GuestSetup(
        SoundSystem system,
        GuestSupervisor.Streams streams,
        OpenGate gate,
        Set<Right> denied,
        AuditLog audit,
        Consumer<String> messages) {}
