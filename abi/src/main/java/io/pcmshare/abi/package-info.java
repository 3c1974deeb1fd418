/**
 * The kernel's sound ABI as values: ioctl numbers, struct views, enums and errno.
 *
 * <p>Knows nothing of any other room: no system call, no policy, no memory of its own.
 */
package io.pcmshare.abi;
