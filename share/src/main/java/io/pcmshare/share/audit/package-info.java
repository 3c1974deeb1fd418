/**
 * Who was given what, and what became of it: events for people and for the flight recorder.
 *
 * <p>Must not decide anything.
 */
package io.pcmshare.share.audit;
