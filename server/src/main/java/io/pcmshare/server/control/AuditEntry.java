package io.pcmshare.server.control;

import io.pcmshare.share.audit.AuditEvent;

import java.time.Instant;

/**
 * An audit event of a server.
 *
 * @param number counts from 1
 * @param time when it was decided
 * @param event what
 */
public record AuditEntry(long number, Instant time, AuditEvent event) {}
