/** Tests of what leaves the process. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.share.buffer;
