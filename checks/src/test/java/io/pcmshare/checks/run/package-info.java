/**
 * Other people's programs under {@code pcmshare run}, unmodified.
 *
 * <p>Each test decides by itself whether the machine has what it needs, and says what it misses.
 */
package io.pcmshare.checks.run;
