/** Tests of what the commands share. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.cli;
