/**
 * What people are told of the calls of programs.
 *
 * <p>Must not change what is answered.
 */
package io.pcmshare.run.trace;
