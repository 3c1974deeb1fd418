/**
 * {@code pcmshare run}: a program on cards that exist only here.
 *
 * <p>Must not know how calls are supervised.
 */
package io.pcmshare.cli.run;
