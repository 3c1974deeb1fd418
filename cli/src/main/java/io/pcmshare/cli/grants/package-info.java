/** The command {@code grants}. */
package io.pcmshare.cli.grants;
