@org.jspecify.annotations.NullMarked
package io.pcmshare.fuzz;
