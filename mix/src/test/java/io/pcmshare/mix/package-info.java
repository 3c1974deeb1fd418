/** Tests of the arithmetic of samples, against models that calculate with big numbers. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.mix;
