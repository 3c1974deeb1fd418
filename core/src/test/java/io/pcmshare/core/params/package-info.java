/** Tests of parameter refinement, against a kernel's answers and by random spaces. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.core.params;
