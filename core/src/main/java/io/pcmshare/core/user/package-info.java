/**
 * The caller's memory and data model, as an ioctl needs them.
 *
 * <p>Must not know whose memory it is or how it is reached. Kernel: include/linux/uaccess.h plays
 * this part there.
 */
package io.pcmshare.core.user;
