/** Tests of the Linux calls: layouts, errnos, lifetimes across processes, allocation. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.sys;
