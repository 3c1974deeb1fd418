/**
 * The test extension: a virtual card per test.
 *
 * <p>Must not know the commands.
 */
package io.pcmshare.junit;
