/**
 * {@code pcmshare doctor}: what this machine permits.
 *
 * <p>Must not know how it is found out.
 */
package io.pcmshare.cli.doctor;
