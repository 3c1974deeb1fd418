/**
 * System calls of programs: which are trapped, what each is about, and what is answered.
 *
 * <p>Must not know cards; it knows open files and names.
 */
package io.pcmshare.run.call;
