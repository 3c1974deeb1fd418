/** Answers of a real kernel, and how they are asked for again. */
package io.pcmshare.core.kernel;
