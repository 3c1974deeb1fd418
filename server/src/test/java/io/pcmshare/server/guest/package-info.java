/** Programs that do not know us, without programs. */
@org.jspecify.annotations.NullMarked
package io.pcmshare.server.guest;
