/**
 * Share buffers: rings that several devices and programs use at the same time, and who waits for
 * whom. What the dma-buf proposal of 2019 exports, for Java programs as for supervised ones.
 *
 * <p>Must not know sockets, messages or supervised programs.
 */
package io.pcmshare.share.buffer;
