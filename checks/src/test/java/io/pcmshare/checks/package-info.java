/** Checks of the whole house: directions between rooms, formatting. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.checks;
