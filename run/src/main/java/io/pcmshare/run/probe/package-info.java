/**
 * What this kernel, and the sandbox around us, permit of what supervision needs.
 *
 * <p>Must not know programs: it tries everything on itself and on a child that does nothing.
 */
package io.pcmshare.run.probe;
