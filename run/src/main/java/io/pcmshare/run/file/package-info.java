/**
 * The open files of programs: what stands behind a descriptor that we gave out, how its readiness
 * is shown, and how we learn that the last copy of it is gone.
 *
 * <p>Must not know how calls reach us.
 */
package io.pcmshare.run.file;
