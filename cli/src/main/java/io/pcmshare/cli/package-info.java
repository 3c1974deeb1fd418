/**
 * The commands; thin.
 *
 * <p>Must not hold logic that another front end would need.
 */
package io.pcmshare.cli;
