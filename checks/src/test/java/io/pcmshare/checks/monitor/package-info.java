/**
 * The monitor's page as a browser shows it.
 *
 * <p>Must not know how it is made: only what somebody sees and clicks on.
 */
@org.jspecify.annotations.NullMarked
package io.pcmshare.checks.monitor;
