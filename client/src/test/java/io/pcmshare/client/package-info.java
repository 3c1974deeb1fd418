/** Tests of clients with a server in the same process, over a real socket. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.client;
